package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.holding;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.broker.BrokerFeatures;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Holdings;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.scaling.Memory;
import dev.warren.operator.scaling.Share;
import dev.warren.operator.taskqueue.BrokerView;
import dev.warren.operator.testing.Snapshots;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// What a plan for a TaskWorker is made from, where all is as usual but what a test says. Each
/// `with` gives a copy.
final class WorkerObservations implements Cloneable {
  static final String PASSWORD = "password-of-the-worker";

  /// How long a former user of a fleet stays valid.
  static final Duration OVERLAP = Duration.ofMinutes(5);

  static final TaskWorkerPlanner PLANNER = new TaskWorkerPlanner(OVERLAP);

  private Optional<TaskQueue> queue = Optional.of(reconciled(queue("{}")));
  private TaskBroker broker = broker("");
  private BrokerView view = visible(holding(absent(), "image-resize", 0, 0));
  private Optional<Deployment> deployment = Optional.empty();
  private Optional<PodDisruptionBudget> budget = Optional.empty();
  private Optional<ConfigMap> configuration = Optional.empty();
  private Optional<Secret> secret = Optional.empty();
  private List<Pod> pods = List.of();
  private Map<String, Set<String>> stores = Map.of();
  private Share share = Share.WHOLE;
  private Memory memory = Memory.NONE;
  private Optional<Holdings> holdings = Optional.empty();

  private WorkerObservations() {}

  /// A queue that is ready and empty, and no pods.
  static WorkerObservations usual() {
    return new WorkerObservations();
  }

  static BrokerView visible(VhostSnapshot vhost) {
    return visible(vhost, "4.0.5");
  }

  private static BrokerView visible(VhostSnapshot vhost, String version) {
    return new BrokerView.Visible(
        new BrokerFeatures(BrokerVersion.parse(version), Set.of("x-consistent-hash")),
        new BrokerView.Address("rabbit.example", 5672, Optional.empty()),
        vhost);
  }

  ObservedWorker observed() {
    return new ObservedWorker(
        queue,
        Optional.of(broker),
        view,
        deployment,
        budget,
        configuration,
        secret,
        PASSWORD,
        pods,
        stores,
        share,
        memory,
        holdings);
  }

  TaskWorkerPlan plan(TaskWorker worker) {
    return PLANNER.plan(worker, observed(), NOW);
  }

  WorkerObservations withQueue(Optional<TaskQueue> other) {
    return with(it -> it.queue = other);
  }

  WorkerObservations withBroker(TaskBroker other) {
    return with(it -> it.broker = other);
  }

  WorkerObservations withView(BrokerView other) {
    return with(it -> it.view = other);
  }

  WorkerObservations withBacklog(long waiting, long running) {
    return withView(visible(holding(absent(), "image-resize", waiting, running)));
  }

  /// What the broker said, said at another time.
  WorkerObservations readAt(Instant time) {
    return withView(visible(Snapshots.readAt(time, ((BrokerView.Visible) view).vhost())));
  }

  WorkerObservations withBrokerVersion(String version) {
    return withView(visible(holding(absent(), "image-resize", 0, 0), version));
  }

  WorkerObservations withDeployment(Deployment other) {
    return withObjects(List.of(other));
  }

  /// What was made so far, each in the place of what there was of its kind.
  WorkerObservations withObjects(List<? extends HasMetadata> made) {
    return with(
        it -> {
          it.deployment = find(Deployment.class, made).or(() -> deployment);
          it.budget = find(PodDisruptionBudget.class, made).or(() -> budget);
          it.configuration = find(ConfigMap.class, made).or(() -> configuration);
          it.secret = find(Secret.class, made).or(() -> secret);
        });
  }

  private static <T extends HasMetadata> Optional<T> find(
      Class<T> kind, List<? extends HasMetadata> objects) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  WorkerObservations withPods(Pod... others) {
    return with(it -> it.pods = List.of(others));
  }

  /// A Secret of the namespace with these entries.
  WorkerObservations withStore(String name, String... entries) {
    return with(it -> it.stores = Map.of(name, Set.of(entries)));
  }

  WorkerObservations withShare(Share other) {
    return with(it -> it.share = other);
  }

  /// What the last decision about the size left.
  WorkerObservations withMemory(Memory other) {
    return with(it -> it.memory = other);
  }

  WorkerObservations withHoldings(Holdings other) {
    return with(it -> it.holdings = Optional.of(other));
  }

  private WorkerObservations with(Consumer<WorkerObservations> change) {
    var copy = clone();
    change.accept(copy);
    return copy;
  }

  @Override
  protected WorkerObservations clone() {
    try {
      return (WorkerObservations) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
