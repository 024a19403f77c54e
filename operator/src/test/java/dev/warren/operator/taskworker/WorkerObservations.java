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

/// What a plan for a TaskWorker is made from, where all is as usual but what a test says. Each
/// `with` gives a copy.
record WorkerObservations(ObservedWorker observed) {
  static final String PASSWORD = "password-of-the-worker";

  /// How long a former user of a fleet stays valid.
  static final Duration OVERLAP = Duration.ofMinutes(5);

  static final TaskWorkerPlanner PLANNER = new TaskWorkerPlanner(OVERLAP);

  /// A queue that is ready and empty, and no pods.
  static WorkerObservations usual() {
    return new WorkerObservations(
        new ObservedWorker(
            Optional.of(reconciled(queue("{}"))),
            Optional.of(broker("")),
            visible(holding(absent(), "image-resize", 0, 0)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            PASSWORD,
            List.of(),
            Map.of(),
            Memory.NONE,
            Optional.empty()));
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

  TaskWorkerPlan plan(TaskWorker worker) {
    return PLANNER.plan(worker, observed, NOW);
  }

  WorkerObservations withQueue(Optional<TaskQueue> queue) {
    return new WorkerObservations(
        new ObservedWorker(
            queue,
            observed.broker(),
            observed.view(),
            observed.deployment(),
            observed.budget(),
            observed.configuration(),
            observed.secret(),
            observed.newPassword(),
            observed.pods(),
            observed.stores(),
            observed.memory(),
            observed.holdings()));
  }

  WorkerObservations withBroker(TaskBroker broker) {
    return new WorkerObservations(
        new ObservedWorker(
            observed.queue(),
            Optional.of(broker),
            observed.view(),
            observed.deployment(),
            observed.budget(),
            observed.configuration(),
            observed.secret(),
            observed.newPassword(),
            observed.pods(),
            observed.stores(),
            observed.memory(),
            observed.holdings()));
  }

  WorkerObservations withView(BrokerView view) {
    return new WorkerObservations(
        new ObservedWorker(
            observed.queue(),
            observed.broker(),
            view,
            observed.deployment(),
            observed.budget(),
            observed.configuration(),
            observed.secret(),
            observed.newPassword(),
            observed.pods(),
            observed.stores(),
            observed.memory(),
            observed.holdings()));
  }

  WorkerObservations withBacklog(long waiting, long running) {
    return withView(visible(holding(absent(), "image-resize", waiting, running)));
  }

  /// What the broker said, said at another time.
  WorkerObservations readAt(Instant time) {
    var visible = (BrokerView.Visible) observed.view();
    return withView(visible(Snapshots.readAt(time, visible.vhost())));
  }

  WorkerObservations withBrokerVersion(String version) {
    return withView(visible(holding(absent(), "image-resize", 0, 0), version));
  }

  WorkerObservations withDeployment(Deployment deployment) {
    return withObjects(List.of(deployment));
  }

  /// What was made so far, each in the place of what there was of its kind.
  WorkerObservations withObjects(List<? extends HasMetadata> made) {
    return new WorkerObservations(
        new ObservedWorker(
            observed.queue(),
            observed.broker(),
            observed.view(),
            find(Deployment.class, made).or(observed::deployment),
            find(PodDisruptionBudget.class, made).or(observed::budget),
            find(ConfigMap.class, made).or(observed::configuration),
            find(Secret.class, made).or(observed::secret),
            observed.newPassword(),
            observed.pods(),
            observed.stores(),
            observed.memory(),
            observed.holdings()));
  }

  private static <T extends HasMetadata> Optional<T> find(
      Class<T> kind, List<? extends HasMetadata> objects) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }

  WorkerObservations withPods(Pod... pods) {
    return new WorkerObservations(
        new ObservedWorker(
            observed.queue(),
            observed.broker(),
            observed.view(),
            observed.deployment(),
            observed.budget(),
            observed.configuration(),
            observed.secret(),
            observed.newPassword(),
            List.of(pods),
            observed.stores(),
            observed.memory(),
            observed.holdings()));
  }

  /// A Secret of the namespace with these entries.
  WorkerObservations withStore(String name, String... entries) {
    return new WorkerObservations(
        new ObservedWorker(
            observed.queue(),
            observed.broker(),
            observed.view(),
            observed.deployment(),
            observed.budget(),
            observed.configuration(),
            observed.secret(),
            observed.newPassword(),
            observed.pods(),
            Map.of(name, Set.of(entries)),
            observed.memory(),
            observed.holdings()));
  }

  /// What the last decision about the size left.
  WorkerObservations withMemory(Memory memory) {
    return new WorkerObservations(
        new ObservedWorker(
            observed.queue(),
            observed.broker(),
            observed.view(),
            observed.deployment(),
            observed.budget(),
            observed.configuration(),
            observed.secret(),
            observed.newPassword(),
            observed.pods(),
            observed.stores(),
            memory,
            observed.holdings()));
  }

  WorkerObservations withHoldings(Holdings holdings) {
    return new WorkerObservations(observed.with(Optional.of(holdings)));
  }
}
