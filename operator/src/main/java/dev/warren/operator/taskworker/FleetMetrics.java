package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.operator.scaling.Decision;
import dev.warren.operator.scaling.Seen;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What each fleet's size is decided from and what comes of it, as metrics: some time series for
/// each TaskWorker, which go with it. What is unknown is not a number. Any thread may call, for one
/// TaskWorker one at a time.
final class FleetMetrics {
  private static final Set<String> NOT_HELD =
      Set.of(Decision.Cause.FIXED.name(), Decision.Cause.SIZED.name());

  /// What they tell at present.
  private record Figures(TaskWorkerStatus status, Optional<Seen> inputs) {
    double wanted() {
      return status.scaling() == null ? Double.NaN : status.scaling().wanted();
    }

    double held() {
      var cause = status.scaling() == null ? null : status.scaling().cause();
      return cause == null || NOT_HELD.contains(cause) ? 0 : 1;
    }

    double of(ToDoubleFunction<Seen> input) {
      return inputs.map(seen -> input.applyAsDouble(seen)).orElse(Double.NaN);
    }
  }

  private record Series(AtomicReference<Figures> figures, List<Meter> meters) {}

  private final MeterRegistry registry;
  private final Map<String, Series> byUid = new ConcurrentHashMap<>();

  FleetMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Tells this from now on.
  ///
  /// @param inputs what its size was decided from, if it was
  void keep(TaskWorker worker, TaskWorkerStatus status, Optional<Seen> inputs) {
    var figures = new Figures(status, inputs);
    byUid
        .computeIfAbsent(worker.getMetadata().getUid(), _ -> series(worker, figures))
        .figures
        .set(figures);
  }

  /// Takes the series of a TaskWorker away.
  void forget(TaskWorker worker) {
    Optional.ofNullable(byUid.remove(worker.getMetadata().getUid())).stream()
        .flatMap(series -> series.meters.stream())
        .forEach(registry::remove);
  }

  private Series series(TaskWorker worker, Figures first) {
    var figures = new AtomicReference<>(first);
    var tags =
        Tags.of(
            "namespace",
            worker.getMetadata().getNamespace(),
            "taskworker",
            worker.getMetadata().getName());
    var meters =
        Stream.of(
                gauge("replicas.wanted", "Pods that are wanted", Figures::wanted),
                gauge("replicas", "Pods that exist", it -> number(it.status.replicas())),
                gauge(
                    "replicas.ready", "Pods that consume", it -> number(it.status.readyReplicas())),
                gauge("size.held", "1 while the size is held for a trouble, else 0", Figures::held),
                gauge(
                    "tasks.ready",
                    "Tasks that no pod holds",
                    it -> it.of(seen -> number(seen.ready()))),
                gauge(
                    "tasks.unacknowledged",
                    "Tasks that pods hold",
                    it -> it.of(seen -> number(seen.unacknowledged()))),
                gauge(
                    "arrivals",
                    "Tasks that come in a second, as estimated",
                    it -> it.of(Seen::arrivals)),
                gauge(
                    "service.seconds",
                    "How long a task takes on average, as estimated",
                    it -> it.of(FleetMetrics::serviceSeconds)))
            .map(gauge -> gauge.register(figures, tags))
            .toList();
    return new Series(figures, meters);
  }

  private Unregistered gauge(String name, String description, ToDoubleFunction<Figures> value) {
    return (figures, tags) ->
        Gauge.builder("warren.taskworker." + name, figures, it -> value.applyAsDouble(it.get()))
            .description(description)
            .tags(tags)
            .strongReference(true)
            .register(registry);
  }

  private interface Unregistered {
    Meter register(AtomicReference<Figures> figures, Tags tags);
  }

  private static double serviceSeconds(Seen seen) {
    return seen.serviceTime().map(time -> time.toNanos() / 1e9).orElse(Double.NaN);
  }

  private static double number(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : Double.NaN;
  }

  private static double number(@Nullable Integer value) {
    return value == null ? Double.NaN : value;
  }
}
