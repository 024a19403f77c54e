package dev.warren.operator.taskworker;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.model.DurationText;
import dev.warren.operator.resource.ResourceGauges;
import dev.warren.operator.resource.ResourceGauges.Gauge;
import dev.warren.operator.scaling.Decision;
import dev.warren.operator.scaling.Seen;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What each fleet's size is decided from and what comes of it, as metrics. What is unknown is not
/// a number. Any thread may call, for one TaskWorker one at a time.
final class FleetMetrics {
  private static final Set<String> NOT_HELD =
      Set.of(Decision.Cause.FIXED.name(), Decision.Cause.SIZED.name());

  /// What a size was last decided from; a status tells it only when the size changes.
  private record Basis(OptionalInt most, Optional<Seen> seen) {
    static final Basis NONE = new Basis(OptionalInt.empty(), Optional.empty());
  }

  /// By uid.
  private final Map<String, Basis> bases = new ConcurrentHashMap<>();

  /// Takes note of what its size was decided from, if it was.
  ///
  /// @param broker of its queue, if there is one
  void keep(TaskWorker worker, Optional<TaskBroker> broker, Optional<Seen> seen) {
    var most =
        broker
            .map(found -> OptionalInt.of(Sharing.mostPods(worker, found)))
            .orElseGet(OptionalInt::empty);
    bases.put(worker.getMetadata().getUid(), new Basis(most, seen));
  }

  void forget(TaskWorker worker) {
    bases.remove(worker.getMetadata().getUid());
  }

  /// The series of these fleets.
  ResourceGauges<TaskWorker> of(Supplier<Stream<TaskWorker>> workers) {
    return new ResourceGauges<>(
        TaskWorker.class,
        workers,
        FleetMetrics::conditions,
        List.of(
            Gauge.info(
                "1 for each TaskWorker, and the TaskQueue that it consumes",
                "taskqueue",
                worker -> worker.getSpec().queue()),
            ofStatus(
                "replicas_wanted",
                "Pods that are wanted",
                status -> status.scaling() == null ? null : status.scaling().wanted()),
            ofStatus("replicas", "Pods that exist", TaskWorkerStatus::replicas),
            ofStatus("replicas_ready", "Pods that consume", TaskWorkerStatus::readyReplicas),
            new Gauge<>(
                "replicas_max",
                "Most pods that there may be",
                worker -> number(basis(worker).most())),
            new Gauge<>(
                "target_wait_seconds", "How long a task may wait", FleetMetrics::targetWait),
            ofStatus(
                "size_held", "1 while the size is held for a trouble, else 0", FleetMetrics::held),
            ofInputs("tasks_ready", "Tasks that no pod holds", seen -> number(seen.ready())),
            ofInputs(
                "tasks_unacknowledged",
                "Tasks that pods hold",
                seen -> number(seen.unacknowledged())),
            ofInputs("arrivals", "Tasks that come in a second, as estimated", Seen::arrivals),
            ofInputs(
                "service_seconds",
                "How long a task takes on average, as estimated",
                FleetMetrics::serviceSeconds)));
  }

  private static @Nullable List<Condition> conditions(TaskWorker worker) {
    return worker.getStatus() == null ? null : worker.getStatus().conditions();
  }

  private static Gauge<TaskWorker> ofStatus(
      String name, String description, Function<TaskWorkerStatus, @Nullable Number> figure) {
    return new Gauge<>(
        name,
        description,
        worker ->
            worker.getStatus() == null
                ? Double.NaN
                : ResourceGauges.number(figure.apply(worker.getStatus())));
  }

  private Gauge<TaskWorker> ofInputs(
      String name, String description, ToDoubleFunction<Seen> input) {
    return new Gauge<>(
        name,
        description,
        worker -> basis(worker).seen().map(input::applyAsDouble).orElse(Double.NaN));
  }

  private Basis basis(TaskWorker worker) {
    return bases.getOrDefault(worker.getMetadata().getUid(), Basis.NONE);
  }

  private static int held(TaskWorkerStatus status) {
    var cause = status.scaling() == null ? null : status.scaling().cause();
    return cause == null || NOT_HELD.contains(cause) ? 0 : 1;
  }

  private static double targetWait(TaskWorker worker) {
    return Optional.ofNullable(worker.getSpec().autoscaling())
        .map(AutoscalingSpec::targetWait)
        .flatMap(FleetMetrics::duration)
        .map(wait -> wait.toNanos() / 1e9)
        .orElse(Double.NaN);
  }

  /// What is not one is refused in the status.
  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(DurationText.parse(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static double serviceSeconds(Seen seen) {
    return seen.serviceTime().map(time -> time.toNanos() / 1e9).orElse(Double.NaN);
  }

  private static double number(OptionalInt value) {
    return value.isPresent() ? value.getAsInt() : Double.NaN;
  }

  private static double number(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : Double.NaN;
  }
}
