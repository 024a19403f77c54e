package dev.warren.local.apiserver;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Objects;

/// An API server for one test class, with a client, a namespace `test` and the custom resource of
/// `widgets.yaml`.
final class Widgets implements AutoCloseable {
  static final String NAMESPACE = "test";
  private static final ResourceDefinitionContext CONTEXT =
      new ResourceDefinitionContext.Builder()
          .withGroup("test.warren.dev")
          .withVersion("v1")
          .withKind("Widget")
          .withPlural("widgets")
          .withNamespaced(true)
          .build();

  private final ApiServer server = ApiServer.start(0);
  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(server.kubeconfig())).build();

  Widgets() {
    var definition = Objects.requireNonNull(getClass().getResourceAsStream("/widgets.yaml"));
    client.load(definition).create();
    createNamespace(NAMESPACE);
  }

  void createNamespace(String name) {
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
  }

  ApiServer server() {
    return server;
  }

  KubernetesClient client() {
    return client;
  }

  MixedOperation<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      all() {
    return client.genericKubernetesResources(CONTEXT);
  }

  /// A handle on a widget of this name and specification, in YAML.
  Resource<GenericKubernetesResource> widget(String name, String spec) {
    return document(
        """
        apiVersion: test.warren.dev/v1
        kind: Widget
        metadata: {name: %s, namespace: %s}
        spec: %s
        """
            .formatted(name, NAMESPACE, spec));
  }

  Resource<GenericKubernetesResource> document(String yaml) {
    return all()
        .inNamespace(NAMESPACE)
        .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
