package dev.warren.operator.testing;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskBrokerSpec;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueSpec;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerSpec;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Resources as an API server would hand them out, their specs written as their users write them.
public final class Resources {
  /// When every resource was created that says nothing else, and when tests look at it.
  public static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  private Resources() {}

  /// TaskQueue `media/image-resize`.
  public static TaskQueue queue(String spec) {
    return queue("media", "image-resize", spec);
  }

  public static TaskQueue queue(String namespace, String name, String spec) {
    var queue = new TaskQueue();
    queue.setMetadata(metadata(namespace, name));
    queue.setSpec(Serialization.unmarshal(spec, TaskQueueSpec.class));
    return queue;
  }

  /// TaskBroker `default`, whose Secret is `warren-system/rabbitmq`.
  public static TaskBroker broker(String spec) {
    var broker = new TaskBroker();
    broker.setMetadata(metadata("", "default"));
    broker.getMetadata().setNamespace(null);
    var reference = "secretRef: {namespace: warren-system, name: rabbitmq}\n";
    broker.setSpec(Serialization.unmarshal(reference + spec, TaskBrokerSpec.class));
    return broker;
  }

  /// TaskWorker `media/resizer` of the queue `image-resize`, with a Java handler.
  public static TaskWorker worker(String spec) {
    return bareWorker("handler: {java: {className: com.example.Resize}}\n" + spec);
  }

  /// The same without a handler.
  public static TaskWorker bareWorker(String spec) {
    var worker = new TaskWorker();
    worker.setMetadata(metadata("media", "resizer"));
    var required = "queue: image-resize\nimage: example/resize:1\n";
    worker.setSpec(Serialization.unmarshal(required + spec, TaskWorkerSpec.class));
    return worker;
  }

  /// As the resource is once it was reconciled.
  public static TaskQueue reconciled(TaskQueue queue) {
    var ready = condition("Ready", "True", "Reconciled", NOW);
    queue.setStatus(
        new TaskQueueStatus(
            queue.getMetadata().getGeneration(),
            List.of(ready),
            queueName(queue),
            List.of(queueName(queue)),
            queueName(queue) + ".dlq",
            queue.getMetadata().getNamespace(),
            "tasks",
            0L,
            0L,
            0L,
            0,
            List.of(),
            null,
            null));
    return queue;
  }

  private static String queueName(TaskQueue queue) {
    return Objects.requireNonNullElse(queue.getSpec().queueName(), queue.getMetadata().getName());
  }

  /// The same status with these conditions.
  public static TaskQueue conditions(TaskQueue queue, Condition... conditions) {
    var was = queue.getStatus() == null ? TaskQueueStatus.EMPTY : queue.getStatus();
    queue.setStatus(
        new TaskQueueStatus(
            was.observedGeneration(),
            List.of(conditions),
            was.queueName(),
            was.queues(),
            was.deadLetterQueue(),
            was.vhost(),
            was.exchange(),
            was.ready(),
            was.unacknowledged(),
            was.deadLettered(),
            was.workers(),
            was.retryDelays(),
            was.migration(),
            was.binding()));
    return queue;
  }

  public static Condition condition(String type, String status, String reason, Instant since) {
    return new ConditionBuilder()
        .withType(type)
        .withStatus(status)
        .withReason(reason)
        .withMessage("because")
        .withLastTransitionTime(since.toString())
        .build();
  }

  public static <T extends HasMetadata> T created(T resource, Instant when) {
    resource.getMetadata().setCreationTimestamp(when.toString());
    return resource;
  }

  public static <T extends HasMetadata> T deleted(T resource, Instant when) {
    resource.getMetadata().setDeletionTimestamp(when.toString());
    return resource;
  }

  public static <T extends HasMetadata> T annotated(T resource, String annotation, String value) {
    resource.getMetadata().setAnnotations(Map.of(annotation, value));
    return resource;
  }

  private static ObjectMeta metadata(String namespace, String name) {
    return new ObjectMetaBuilder()
        .withNamespace(namespace)
        .withName(name)
        .withUid("uid-of-" + namespace + "-" + name)
        .withGeneration(1L)
        .withCreationTimestamp(NOW.toString())
        .build();
  }
}
