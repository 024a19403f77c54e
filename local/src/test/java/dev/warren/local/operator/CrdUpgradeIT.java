package dev.warren.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.Warren;
import dev.warren.local.apiserver.ApiServer;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operator that finds CRDs of another release. On an API server of its own: CRDs are
/// everybody's.
@Tag("any-broker")
class CrdUpgradeIT {
  private static final String NAMESPACE = "warren-system";

  @TempDir private Path directory;
  private ApiServer server;
  private KubernetesClient client;

  @BeforeEach
  void start() throws IOException {
    server = ApiServer.start(0);
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.kubeconfig()))
            .build();
    var namespace = new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata();
    client.resource(namespace.build()).create();
    var account = OperatorAccount.create(client, NAMESPACE, List.of());
    var token = ApiServer.token(NAMESPACE, OperatorAccount.NAME);
    Files.writeString(kubeconfig(), account.kubeconfig(server.kubeconfig(), token));
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void upgradesThoseOfAnOlderReleaseAndOfNone() throws IOException {
    create(TaskBroker.class, Map.of());
    create(TaskQueue.class, Map.of(Warren.RELEASE, "0.0.9"));
    create(TaskWorker.class, Map.of(Warren.RELEASE, "not a version"));

    startOperator();

    assertThat(columns(TaskBroker.class)).isNotEmpty();
    assertThat(columns(TaskQueue.class)).isNotEmpty();
    assertThat(columns(TaskWorker.class)).isNotEmpty();
    assertThat(annotations(TaskQueue.class)).isEqualTo(annotations(TaskBroker.class));
  }

  @Test
  void leavesThoseOfItsOwnReleaseAndOfANewerOne() throws IOException {
    create(TaskBroker.class, shipped(TaskBroker.class).getMetadata().getAnnotations());
    create(TaskQueue.class, Map.of(Warren.RELEASE, "999.0.0"));
    create(TaskWorker.class, Map.of(Warren.RELEASE, "999.0.0-SNAPSHOT"));

    startOperator();

    assertThat(columns(TaskBroker.class)).isEmpty();
    assertThat(columns(TaskQueue.class)).isEmpty();
    assertThat(columns(TaskWorker.class)).isEmpty();
  }

  private void startOperator() throws IOException {
    var settings = Map.of("WARREN_UPGRADE_CRDS", "true");
    OperatorProcess.start(kubeconfig(), NAMESPACE, directory.resolve("log"), settings).close();
  }

  private Path kubeconfig() {
    return directory.resolve("kubeconfig");
  }

  /// As it is shipped, but for its printed columns.
  private void create(Class<? extends CustomResource<?, ?>> kind, Map<String, String> annotations)
      throws IOException {
    var crd =
        new CustomResourceDefinitionBuilder(shipped(kind))
            .editMetadata()
            .withAnnotations(annotations)
            .endMetadata()
            .editSpec()
            .editFirstVersion()
            .withAdditionalPrinterColumns()
            .endVersion()
            .endSpec()
            .build();
    client.resource(crd).create();
  }

  private static CustomResourceDefinition shipped(Class<? extends CustomResource<?, ?>> kind)
      throws IOException {
    try (var yaml = kind.getResourceAsStream(CustomResource.getCRDName(kind) + ".yaml")) {
      return Serialization.unmarshal(Objects.requireNonNull(yaml), CustomResourceDefinition.class);
    }
  }

  private List<?> columns(Class<? extends CustomResource<?, ?>> kind) {
    return found(kind).getSpec().getVersions().getFirst().getAdditionalPrinterColumns();
  }

  private Map<String, String> annotations(Class<? extends CustomResource<?, ?>> kind) {
    return found(kind).getMetadata().getAnnotations();
  }

  private CustomResourceDefinition found(Class<? extends CustomResource<?, ?>> kind) {
    return client
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(CustomResource.getCRDName(kind))
        .get();
  }
}
