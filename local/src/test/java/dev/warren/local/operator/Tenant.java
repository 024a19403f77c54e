package dev.warren.local.operator;

import static org.awaitility.Awaitility.await;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/// A namespace of a cluster, and what its people do there.
///
/// @param broker the TaskBroker that its TaskQueues name
record Tenant(TestCluster cluster, String namespace, String broker) {
  /// A TaskQueue; `spec` is flow-style YAML such as `type: Classic, priorities: 9`.
  void applyQueue(String name, String spec) {
    var rest = spec.isEmpty() ? "" : ", " + spec;
    cluster.apply(
        """
        apiVersion: warren.dev/v1alpha1
        kind: TaskQueue
        metadata: {name: %s, namespace: %s}
        spec: {broker: %s%s}
        """
            .formatted(name, namespace, broker, rest));
  }

  /// A TaskWorker; `spec` as above.
  void applyWorker(String name, String spec) {
    cluster.apply(
        """
        apiVersion: warren.dev/v1alpha1
        kind: TaskWorker
        metadata: {name: %s, namespace: %s}
        spec: {image: handler, %s}
        """
            .formatted(name, namespace, spec));
  }

  /// A Secret with these entries, and others that it has already.
  void applySecret(String name, Map<String, String> entries) {
    cluster.apply(
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(namespace)
            .endMetadata()
            .withStringData(entries)
            .build());
  }

  /// Gives a TaskQueue these annotations, and takes away all others.
  void annotateQueue(String name, Map<String, String> annotations) {
    cluster
        .client()
        .resource(queue(name))
        .edit(
            queue -> {
              queue.getMetadata().setAnnotations(annotations);
              return queue;
            });
  }

  TaskQueue queue(String name) {
    return find(TaskQueue.class, name);
  }

  boolean hasQueue(String name) {
    return cluster.client().resources(TaskQueue.class).inNamespace(namespace).withName(name).get()
        != null;
  }

  TaskWorker worker(String name) {
    return find(TaskWorker.class, name);
  }

  Condition awaitQueue(String name, Predicate<Condition> wanted) {
    return awaitQueue(name, "Ready", wanted);
  }

  Condition awaitQueue(String name, String type, Predicate<Condition> wanted) {
    return TestCluster.await(
        () ->
            Optional.ofNullable(queue(name).getStatus())
                .map(status -> status.conditions())
                .orElse(null),
        type,
        wanted);
  }

  Condition awaitWorker(String name, Predicate<Condition> wanted) {
    return TestCluster.await(
        () ->
            Optional.ofNullable(worker(name).getStatus())
                .map(status -> status.conditions())
                .orElse(null),
        "Ready",
        wanted);
  }

  /// What the Secret for producers of a TaskQueue holds.
  Map<String, String> publisher(String queue) {
    return decoded(
        Objects.requireNonNull(Objects.requireNonNull(queue(queue).getStatus()).binding()).name());
  }

  /// What the Secret of a TaskWorker's pods holds, once there is one.
  Map<String, String> consumer(String worker) {
    var name = worker + "-worker-binding";
    await().atMost(TestCluster.PATIENCE).until(() -> secret(name).isPresent());
    return decoded(name);
  }

  /// What the events about an object say.
  List<String> events(String name) {
    return cluster.client().v1().events().inNamespace(namespace).list().getItems().stream()
        .filter(event -> name.equals(event.getInvolvedObject().getName()))
        .map(event -> event.getReason() + ": " + event.getMessage())
        .toList();
  }

  Optional<Secret> secret(String name) {
    return Optional.ofNullable(
        cluster.client().secrets().inNamespace(namespace).withName(name).get());
  }

  <T extends CustomResource<?, ?>> T find(Class<T> kind, String name) {
    return Objects.requireNonNull(
        cluster.client().resources(kind).inNamespace(namespace).withName(name).get());
  }

  private Map<String, String> decoded(String secret) {
    var entries = new TreeMap<String, String>();
    secret(secret)
        .orElseThrow()
        .getData()
        .forEach(
            (key, value) ->
                entries.put(
                    key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
    return entries;
  }
}
