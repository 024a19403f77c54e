package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.BrokerFeatures;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.testing.Resources;
import dev.warren.operator.topology.VhostPlan;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// What a plan for a TaskQueue is made from, where all is as usual but what a test says. Each
/// `with` gives a copy.
///
/// @param queue the one that is planned for
/// @param others in the cache of the API server
record Observations(
    TaskQueue queue,
    List<TaskQueue> others,
    Optional<TaskBroker> broker,
    BrokerView view,
    Optional<Secret> secret,
    boolean terminating) {
  static final BrokerVersion VERSION = BrokerVersion.parse("4.0.5");
  static final String PASSWORD = "password-of-the-publisher";

  /// How long a former publisher stays valid.
  static final Duration OVERLAP = Duration.ofMinutes(5);

  static final TaskQueuePlanner PLANNER = new TaskQueuePlanner(OVERLAP);

  private static final Set<String> EXCHANGE_TYPES =
      Set.of("direct", "fanout", "headers", "topic", "x-consistent-hash");

  /// A broker that shows this vhost, and other TaskQueues.
  static Observations of(VhostSnapshot vhost, TaskQueue queue, TaskQueue... others) {
    return new Observations(
        queue,
        List.of(others),
        Optional.of(Resources.broker("")),
        visible(VERSION, vhost),
        Optional.empty(),
        false);
  }

  /// A vhost in which this TaskQueue, and no other, was reconciled; nothing is in its queues.
  static VhostSnapshot vhostOf(TaskQueue queue) {
    var settled = settled(absent(), queue);
    return after(settled, of(settled, queue).plan().changes());
  }

  /// The vhost once it was seen to what these TaskQueues share.
  static VhostSnapshot settled(VhostSnapshot vhost, TaskQueue... queues) {
    var claims = Stream.of(queues).map(queue -> Claims.of(queue, Settings.of(queue))).toList();
    var plan = new VhostPlan(claims, true, true, VhostPlan.Ceilings.NONE, false);
    return after(vhost, plan.changes(VERSION, vhost));
  }

  static BrokerView visible(BrokerVersion version, VhostSnapshot vhost) {
    return visible(new BrokerFeatures(version, EXCHANGE_TYPES), vhost);
  }

  static BrokerView visible(BrokerFeatures features, VhostSnapshot vhost) {
    return new BrokerView.Visible(
        features, new BrokerView.Address("rabbit.example", 5672, Optional.empty()), vhost);
  }

  ObservedQueue observed() {
    var all = Stream.concat(Stream.of(queue), others.stream()).toList();
    return new ObservedQueue(
        broker,
        Map.of(),
        terminating,
        broker
            .map(found -> CachedQueues.of(all).neighbours(queue, found))
            .orElse(new Neighbours(List.of(), List.of(), List.of())),
        view,
        secret,
        PASSWORD,
        0);
  }

  TaskQueuePlan plan() {
    return PLANNER.plan(queue, observed(), NOW);
  }

  Admission admission() {
    return Admission.of(queue, observed());
  }

  /// On a TaskBroker with this spec.
  Observations on(String broker) {
    return withBroker(Optional.of(Resources.broker(broker)));
  }

  Observations withBroker(Optional<TaskBroker> other) {
    return new Observations(queue, others, other, view, secret, terminating);
  }

  Observations withView(BrokerView other) {
    return new Observations(queue, others, broker, other, secret, terminating);
  }

  Observations withVhost(VhostSnapshot vhost) {
    return withView(visible(VERSION, vhost));
  }

  Observations withSecret(Secret other) {
    return new Observations(queue, others, broker, view, Optional.of(other), terminating);
  }

  Observations withTerminatingNamespace() {
    return new Observations(queue, others, broker, view, secret, true);
  }
}
