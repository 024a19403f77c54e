package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What resources of a kind tell of themselves, as metrics: `warren_<kind>_<gauge>` and
/// `warren_<kind>_condition` for each. Series are made when somebody asks, from resources that are
/// kept anyway: ten thousand take no memory meanwhile, and go with their resource.
public final class ResourceGauges<R extends HasMetadata> implements MultiCollector {
  private static final List<String> CONDITIONS =
      List.of(Verdict.READY, Verdict.PROGRESSING, Verdict.DEGRADED);

  /// A figure of each resource.
  ///
  /// @param name in snake case, without what all names begin with
  /// @param description what it tells
  /// @param value of a resource; not a number if it is not known
  /// @param more labels of it, beside those that name the resource
  public record Gauge<R>(
      String name, String description, ToDoubleFunction<R> value, Function<R, Labels> more) {
    /// One whose labels name the resource only.
    public Gauge(String name, String description, ToDoubleFunction<R> value) {
      this(name, description, value, resource -> Labels.EMPTY);
    }

    /// Always 1: what it tells is in its label, so that series of this kind and of another can be
    /// joined.
    public static <R> Gauge<R> info(String description, String label, Function<R, String> value) {
      return new Gauge<>(
          "info", description, resource -> 1, resource -> Labels.of(label, value.apply(resource)));
    }

    private GaugeDataPointSnapshot point(R resource, Labels labels) {
      return ResourceGauges.point(
          labels.merge(more.apply(resource)), value.applyAsDouble(resource));
    }
  }

  private final String kind;
  private final Supplier<Stream<R>> resources;
  private final Function<R, @Nullable List<Condition>> conditions;
  private final List<Gauge<R>> gauges;

  /// @param kind of the resources, which is the label with their name too
  /// @param resources that there are now
  /// @param conditions of a resource; none if it was never looked at
  public ResourceGauges(
      Class<R> kind,
      Supplier<Stream<R>> resources,
      Function<R, @Nullable List<Condition>> conditions,
      List<Gauge<R>> gauges) {
    this.kind = kind.getSimpleName().toLowerCase(Locale.ROOT);
    this.resources = resources;
    this.conditions = conditions;
    this.gauges = List.copyOf(gauges);
  }

  /// A figure that may be missing.
  public static double number(@Nullable Number value) {
    return value == null ? Double.NaN : value.doubleValue();
  }

  @Override
  public MetricSnapshots collect() {
    var all = resources.get().toList();
    var snapshots = MetricSnapshots.builder();
    for (var gauge : gauges) {
      snapshots.metricSnapshot(
          snapshot(
              gauge.name, gauge.description, all.stream().map(it -> gauge.point(it, labels(it)))));
    }
    return snapshots
        .metricSnapshot(
            snapshot(
                "condition",
                "1 while the condition is true, 0 while it is false or left out",
                all.stream().flatMap(this::ofConditions)))
        .build();
  }

  private GaugeSnapshot snapshot(
      String name, String description, Stream<GaugeDataPointSnapshot> points) {
    return new GaugeSnapshot(
        new MetricMetadata("warren_%s_%s".formatted(kind, name), description), points.toList());
  }

  private Stream<GaugeDataPointSnapshot> ofConditions(R resource) {
    var found = conditions.apply(resource);
    return found == null
        ? Stream.of()
        : CONDITIONS.stream()
            .map(
                type ->
                    point(
                        labels(resource).add("type", type), Conditions.holds(found, type) ? 1 : 0));
  }

  private Labels labels(R resource) {
    var metadata = resource.getMetadata();
    var name = Labels.of(kind, metadata.getName());
    return metadata.getNamespace() == null ? name : name.add("namespace", metadata.getNamespace());
  }

  private static GaugeDataPointSnapshot point(Labels labels, double value) {
    return new GaugeDataPointSnapshot(value, labels, null);
  }
}
