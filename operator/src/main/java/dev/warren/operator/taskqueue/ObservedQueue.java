package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All that a plan for a TaskQueue is made from, apart from the TaskQueue itself.
///
/// @param broker the TaskBroker that it names
/// @param namespaceLabels labels of its namespace
/// @param namespaceTerminating whether the namespace is being deleted
/// @param neighbours all TaskQueues that name the same TaskBroker, itself included
/// @param view what the broker shows
/// @param secret entries of the Secret for producers
/// @param publisherPassword the password that it holds, or a new one
/// @param readyWorkers ready pods of all its TaskWorkers
record ObservedQueue(
    Optional<TaskBroker> broker,
    Map<String, String> namespaceLabels,
    boolean namespaceTerminating,
    List<TaskQueue> neighbours,
    BrokerView view,
    Optional<Map<String, String>> secret,
    String publisherPassword,
    int readyWorkers) {

  ObservedQueue {
    namespaceLabels = Map.copyOf(namespaceLabels);
    neighbours = List.copyOf(neighbours);
  }

  /// Leaves the password out.
  @Override
  public String toString() {
    return "ObservedQueue[broker=%s, view=%s]".formatted(broker, view);
  }
}
