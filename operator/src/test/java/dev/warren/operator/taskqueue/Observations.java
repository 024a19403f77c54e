package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a plan for a TaskQueue is made from, where all is as usual but what a test says. Each
/// `with` gives a copy.
record Observations(ObservedQueue observed) {
  static final BrokerVersion VERSION = BrokerVersion.parse("4.0.5");
  static final String PASSWORD = "password-of-the-publisher";

  /// A broker that shows this vhost, and these TaskQueues.
  static Observations of(VhostSnapshot vhost, TaskQueue... neighbours) {
    return new Observations(
        new ObservedQueue(
            Optional.of(broker("")),
            Map.of(),
            false,
            List.of(neighbours),
            visible(VERSION, vhost),
            Optional.empty(),
            PASSWORD,
            0));
  }

  /// A vhost in which this TaskQueue, and no other, was reconciled; what its queues hold is
  /// unknown.
  static VhostSnapshot vhostOf(TaskQueue queue) {
    var plan = TaskQueuePlanner.plan(queue, of(absent(), queue).observed(), NOW);
    return after(absent(), plan.changes());
  }

  static BrokerView visible(BrokerVersion version, VhostSnapshot vhost) {
    return new BrokerView.Visible(version, "rabbit.example", 5672, vhost);
  }

  Observations withBroker(Optional<TaskBroker> broker) {
    return copy(broker, observed.view(), observed.secret(), observed.namespaceTerminating());
  }

  Observations withView(BrokerView view) {
    return copy(observed.broker(), view, observed.secret(), observed.namespaceTerminating());
  }

  Observations withSecret(Map<String, String> entries) {
    return copy(
        observed.broker(), observed.view(), Optional.of(entries), observed.namespaceTerminating());
  }

  Observations withTerminatingNamespace() {
    return copy(observed.broker(), observed.view(), observed.secret(), true);
  }

  private Observations copy(
      Optional<TaskBroker> broker,
      BrokerView view,
      Optional<Map<String, String>> secret,
      boolean terminating) {
    return new Observations(
        new ObservedQueue(
            broker,
            observed.namespaceLabels(),
            terminating,
            observed.neighbours(),
            view,
            secret,
            observed.publisherPassword(),
            observed.readyWorkers()));
  }
}
