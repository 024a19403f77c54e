package dev.warren.local.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("any-broker")
class AuthorizationIT {
  private final ApiServer server = ApiServer.start(0);
  private final KubernetesClient administrator = client("none");
  private final KubernetesClient reader = client(ApiServer.token("default", "reader"));

  AuthorizationIT() {
    var roles =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: read, namespace: default}
        rules:
          - {apiGroups: [""], resources: [pods], verbs: [list, watch]}
          - {apiGroups: [""], resources: [secrets], resourceNames: [mine], verbs: [get]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: read, namespace: default}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: read}
        subjects: [{kind: ServiceAccount, name: reader, namespace: default}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: look}
        rules: [{apiGroups: [""], resources: [nodes], verbs: [list]}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: look}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: look}
        subjects: [{kind: ServiceAccount, name: reader, namespace: default}]
        """;
    administrator.load(new ByteArrayInputStream(roles.getBytes(StandardCharsets.UTF_8))).create();
  }

  @AfterEach
  void close() {
    reader.close();
    administrator.close();
    server.close();
  }

  @Test
  void admitsWhatARoleSays() {
    assertThat(reader.pods().inNamespace("default").list().getItems()).isEmpty();
    assertThat(reader.secrets().inNamespace("default").withName("mine").get()).isNull();
    assertThat(reader.nodes().list().getItems()).isEmpty();
  }

  @Test
  void refusesAnotherVerb() {
    assertForbidden(() -> reader.pods().inNamespace("default").withName("a").get());
  }

  @Test
  void refusesAnotherName() {
    assertForbidden(() -> reader.secrets().inNamespace("default").withName("yours").get());
  }

  @Test
  void refusesAnotherNamespaceAndTheWholeCluster() {
    assertForbidden(() -> reader.pods().inNamespace("kube-system").list());
    assertForbidden(() -> reader.pods().inAnyNamespace().list());
  }

  @Test
  void refusesAnAccountThatHasNoRole() {
    try (var stranger = client(ApiServer.token("kube-system", "reader"))) {
      assertForbidden(() -> stranger.pods().inNamespace("default").list());
    }
  }

  private static void assertForbidden(Runnable request) {
    assertThatExceptionOfType(KubernetesClientException.class)
        .isThrownBy(request::run)
        .satisfies(e -> assertThat(e.getCode()).isEqualTo(403));
  }

  private KubernetesClient client(String token) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder()
                .withMasterUrl(server.url().toString())
                .withOauthToken(token)
                .build())
        .build();
  }
}
