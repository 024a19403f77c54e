package dev.warren.local.operator;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamedAuthInfoBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Whom the operator is to an API server: a service account with the rights that the chart gives
/// it, and no others. Used by one thread.
///
/// @param namespace of the chart's release
/// @param objects the account, its roles and their bindings, wherever they are
record OperatorAccount(KubernetesClient client, String namespace, List<HasMetadata> objects) {
  /// What the chart calls the account.
  static final String NAME = "warren-operator";

  /// Maven runs tests in the directory of their module.
  private static final Path CHART = Path.of("../charts/warren");

  private static final Set<String> KINDS =
      Set.of("ServiceAccount", "ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding");

  private static final Duration VALIDITY = Duration.ofHours(2);

  OperatorAccount {
    objects = List.copyOf(objects);
  }

  /// Makes the account.
  ///
  /// @param namespace of the chart's release
  /// @param watched the chart's `watchNamespaces`
  static OperatorAccount create(KubernetesClient client, String namespace, List<String> watched) {
    var template =
        new Helm(CHART)
            .template()
            .withName("warren")
            .withNamespace(namespace)
            .set("image", "operator")
            .set("broker.create", false)
            .set("metricsApi.enabled", false)
            .set("aggregatedRoles", false);
    for (int i = 0; i < watched.size(); i++) {
      template.set("watchNamespaces[%d]".formatted(i), watched.get(i));
    }
    var rendered = template.call().getBytes(StandardCharsets.UTF_8);
    var objects =
        client.load(new ByteArrayInputStream(rendered)).items().stream()
            .filter(object -> KINDS.contains(object.getKind()))
            .toList();
    objects.forEach(object -> client.resource(object).create());
    return new OperatorAccount(client, namespace, objects);
  }

  /// A kubeconfig in which the account takes the place of all users.
  ///
  /// @param token the account's
  String kubeconfig(String ofAdministrator, String token) {
    var config = Serialization.unmarshal(ofAdministrator, Config.class);
    config
        .getUsers()
        .replaceAll(
            user ->
                new NamedAuthInfoBuilder()
                    .withName(user.getName())
                    .withNewUser()
                    .withToken(token)
                    .endUser()
                    .build());
    return Serialization.asYaml(config);
  }

  /// A token from the API server.
  String requestToken() {
    return client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(NAME)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(VALIDITY.toSeconds())
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  /// Takes its rights in a namespace back, as the deletion of the namespace does sooner or later.
  void revoke(String inNamespace) {
    objects.stream()
        .filter(object -> inNamespace.equals(object.getMetadata().getNamespace()))
        .forEach(object -> client.resource(object).delete());
  }

  /// Takes all its rights back.
  void revoke() {
    objects.forEach(object -> client.resource(object).delete());
  }
}
