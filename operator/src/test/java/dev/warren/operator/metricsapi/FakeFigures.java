package dev.warren.operator.metricsapi;

import static dev.warren.operator.testing.Resources.bareWorker;
import static dev.warren.operator.testing.Resources.queue;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;

/// Resources of a cluster that a test wrote down.
record FakeFigures(String allTrouble, List<TaskWorker> allWorkers, List<TaskQueue> allQueues)
    implements Figures {
  static FakeFigures of(List<TaskWorker> workers, List<TaskQueue> queues) {
    return new FakeFigures("", workers, queues);
  }

  @Override
  public String trouble(String namespace) {
    return allTrouble;
  }

  @Override
  public List<TaskWorker> workers(String namespace) {
    return allWorkers.stream()
        .filter(worker -> worker.getMetadata().getNamespace().equals(namespace))
        .toList();
  }

  @Override
  public List<TaskQueue> queues(String namespace) {
    return allQueues.stream()
        .filter(queue -> queue.getMetadata().getNamespace().equals(namespace))
        .toList();
  }

  static TaskQueue holding(String namespace, String name, String status) {
    var queue = queue(namespace, name, "{}");
    queue.setStatus(Serialization.unmarshal("---\n" + status, TaskQueueStatus.class));
    return queue;
  }

  static TaskWorker wanting(String namespace, String name, String status) {
    var worker = bareWorker("handler: {custom: {}}");
    worker.getMetadata().setNamespace(namespace);
    worker.getMetadata().setName(name);
    worker.setStatus(Serialization.unmarshal("---\n" + status, TaskWorkerStatus.class));
    return worker;
  }
}
