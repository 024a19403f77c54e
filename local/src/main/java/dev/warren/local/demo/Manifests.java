package dev.warren.local.demo;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Applies YAML, as `kubectl apply --server-side` does.
final class Manifests {
  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("demo")
          .withForce(true)
          .build();

  private final KubernetesClient client;

  Manifests(KubernetesClient client) {
    this.client = client;
  }

  void applyCrds() throws IOException {
    for (var kind : List.of(TaskBroker.class, TaskQueue.class, TaskWorker.class)) {
      try (var yaml =
          TaskBroker.class.getResourceAsStream(CustomResource.getCRDName(kind) + ".yaml")) {
        apply(Objects.requireNonNull(yaml));
      }
    }
  }

  void applyResource(String name) throws IOException {
    try (var yaml = Manifests.class.getResourceAsStream(name)) {
      apply(Objects.requireNonNull(yaml));
    }
  }

  /// The resources of a file, in its order.
  List<HasMetadata> read(Path file) throws IOException {
    try (var yaml = Files.newInputStream(file)) {
      return client.load(yaml).items();
    }
  }

  void apply(HasMetadata object) {
    client.resource(object).patch(APPLY);
  }

  private void apply(InputStream yaml) {
    client.load(yaml).items().forEach(this::apply);
  }
}
