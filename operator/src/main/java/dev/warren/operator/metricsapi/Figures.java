package dev.warren.operator.metricsapi;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import java.util.List;

/// What is known of a namespace's resources. May be asked by any thread.
interface Figures {
  /// Why nothing that is known of a namespace can be relied on; empty if it can.
  String trouble(String namespace);

  /// The TaskWorkers of a namespace, at least with their names and their status.
  List<TaskWorker> workers(String namespace);

  /// The TaskQueues of a namespace, likewise.
  List<TaskQueue> queues(String namespace);
}
