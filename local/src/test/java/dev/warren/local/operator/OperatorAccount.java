package dev.warren.local.operator;

import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.NamedAuthInfoBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Whom the operator is to a given API server: a service account with the rights that the chart
/// gives it, and no others. Used by one thread.
///
/// @param namespace where the account is; its name is that of the account and of its roles, too
record OperatorAccount(KubernetesClient client, String namespace) {
  /// Maven runs tests in the directory of their module.
  private static final Path CHART = Path.of("../charts/warren/templates");

  private static final Duration VALIDITY = Duration.ofHours(2);

  /// Makes the account in this namespace, with which it goes, but for its rights in the cluster.
  static OperatorAccount create(KubernetesClient client, String namespace) throws IOException {
    var account = new OperatorAccount(client, namespace);
    client
        .resource(
            new ServiceAccountBuilder()
                .withNewMetadata()
                .withName(namespace)
                .withNamespace(namespace)
                .endMetadata()
                .build())
        .create();
    account.grantInCluster(rules("clusterrole.yaml"));
    account.grantInNamespace(rules("role.yaml"));
    return account;
  }

  /// A kubeconfig in which the account takes the place of all users.
  String kubeconfig(String ofAdministrator) {
    var config = Serialization.unmarshal(ofAdministrator, Config.class);
    var token = token();
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

  /// Takes its rights in the cluster back.
  void revoke() {
    client.rbac().clusterRoleBindings().withName(namespace).delete();
    client.rbac().clusterRoles().withName(namespace).delete();
  }

  private String token() {
    return client
        .serviceAccounts()
        .inNamespace(namespace)
        .withName(namespace)
        .tokenRequest(
            new TokenRequestBuilder()
                .withNewSpec()
                .withExpirationSeconds(VALIDITY.toSeconds())
                .endSpec()
                .build())
        .getStatus()
        .getToken();
  }

  private void grantInCluster(List<PolicyRule> rules) {
    client
        .resource(
            new ClusterRoleBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .withRules(rules)
                .build())
        .create();
    client
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", namespace)
                .addNewSubject(null, "ServiceAccount", namespace, namespace)
                .build())
        .create();
  }

  private void grantInNamespace(List<PolicyRule> rules) {
    client
        .resource(
            new RoleBuilder()
                .withNewMetadata()
                .withName(namespace)
                .withNamespace(namespace)
                .endMetadata()
                .withRules(rules)
                .build())
        .create();
    client
        .resource(
            new RoleBindingBuilder()
                .withNewMetadata()
                .withName(namespace)
                .withNamespace(namespace)
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "Role", namespace)
                .addNewSubject(null, "ServiceAccount", namespace, namespace)
                .build())
        .create();
  }

  /// The rules in a template of the chart, which Helm has nothing to fill in.
  private static List<PolicyRule> rules(String template) throws IOException {
    var text = Files.readString(CHART.resolve(template));
    var from = text.indexOf("\nrules:\n");
    return Serialization.unmarshal(text.substring(from, text.indexOf("\n---\n")), ClusterRole.class)
        .getRules();
  }
}
