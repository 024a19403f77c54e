package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import java.util.List;

/// The TaskQueues of the same TaskBroker that may stand in a TaskQueue's way, itself included.
///
/// @param sameName those that name the same queue, whatever their vhost
/// @param sameExchange those that name one of its exchanges; empty in a vhost of one namespace,
///   where they may
/// @param sameNamespace those of its namespace; empty if there is no ceiling for their number
record Neighbours(
    List<TaskQueue> sameName, List<TaskQueue> sameExchange, List<TaskQueue> sameNamespace) {
  Neighbours {
    sameName = List.copyOf(sameName);
    sameExchange = List.copyOf(sameExchange);
    sameNamespace = List.copyOf(sameNamespace);
  }
}
