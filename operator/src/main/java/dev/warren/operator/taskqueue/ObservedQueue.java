package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.Optional;

/// All that a plan for a TaskQueue is made from, apart from the TaskQueue itself.
///
/// @param broker the TaskBroker that it names
/// @param namespaceLabels labels of its namespace
/// @param namespaceTerminating whether the namespace is being deleted
/// @param neighbours other TaskQueues that may be in its way
/// @param view what the broker shows
/// @param secret the Secret for producers
/// @param newPassword for a user that the plan makes
/// @param readyWorkers ready pods of all its TaskWorkers
record ObservedQueue(
    Optional<TaskBroker> broker,
    Map<String, String> namespaceLabels,
    boolean namespaceTerminating,
    Neighbours neighbours,
    BrokerView view,
    Optional<Secret> secret,
    String newPassword,
    int readyWorkers) {

  ObservedQueue {
    namespaceLabels = Map.copyOf(namespaceLabels);
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "ObservedQueue[broker=%s, view=%s]".formatted(broker, view);
  }
}
