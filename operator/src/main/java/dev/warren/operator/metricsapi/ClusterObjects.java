package dev.warren.operator.metricsapi;

import dev.warren.operator.resource.Difference;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;

/// Reads and writes what the external metrics API needs of the API server, each object by its name.
/// May be used by any thread.
record ClusterObjects(KubernetesClient client, MetricsApiSettings settings) {
  private static final String TOKEN_KEY = "key";

  FrontProxy frontProxy() {
    var found =
        client.configMaps().inNamespace(FrontProxy.NAMESPACE).withName(FrontProxy.CONFIG_MAP).get();
    return FrontProxy.parse(
        found == null ? Map.of() : Optional.ofNullable(found.getData()).orElse(Map.of()));
  }

  /// What changes each time that the leader renews its Lease; empty if nobody leads.
  Optional<String> renewal(String namespace, String name) {
    return Optional.ofNullable(client.leases().inNamespace(namespace).withName(name).get())
        .map(lease -> lease.getSpec())
        .filter(spec -> spec.getHolderIdentity() != null && !spec.getHolderIdentity().isEmpty())
        .map(spec -> spec.getHolderIdentity() + " " + spec.getRenewTime());
  }

  Optional<CertificateStore> certificates() {
    return Optional.ofNullable(
            client.secrets().inNamespace(settings.namespace()).withName(settings.secret()).get())
        .map(SecretEntries::of)
        .flatMap(CertificateStore::of);
  }

  /// Whether it was the first: another replica may be.
  boolean create(CertificateStore certificates) {
    return created(() -> client.resource(certificateSecret(certificates)).create());
  }

  void write(CertificateStore certificates) {
    ServerSideApply.apply(client, certificateSecret(certificates));
  }

  /// The key of tokens, made by whoever is first.
  ///
  /// @throws IllegalArgumentException if somebody has spoilt it
  Tokens tokens() {
    var found = tokenSecret();
    if (found.isEmpty()) {
      var made = Tokens.random();
      var _ =
          created(
              () ->
                  client
                      .resource(secret(settings.tokenSecret(), Map.of(TOKEN_KEY, made.key())))
                      .create());
      found = tokenSecret();
    }
    return new Tokens(found.orElse(Map.of()).getOrDefault(TOKEN_KEY, ""));
  }

  private Optional<Map<String, String>> tokenSecret() {
    return Optional.ofNullable(
            client
                .secrets()
                .inNamespace(settings.namespace())
                .withName(settings.tokenSecret())
                .get())
        .map(SecretEntries::of);
  }

  Optional<APIService> apiService() {
    return Optional.ofNullable(client.apiServices().withName(DesiredApiService.NAME).get());
  }

  /// Makes it what is desired.
  ///
  /// @param found what was found, which is ours; anything else that is there by now stays
  void write(APIService desired, Optional<APIService> found) {
    if (found.isEmpty()) {
      var _ = created(() -> client.resource(desired).create());
    } else if (Difference.exists(desired, found)) {
      desired.getMetadata().setUid(found.get().getMetadata().getUid());
      ServerSideApply.apply(client, desired);
    }
  }

  /// With which the APIService goes, if it exists.
  Optional<OwnerReference> owner() {
    return settings
        .owner()
        .flatMap(name -> Optional.ofNullable(client.rbac().clusterRoles().withName(name).get()))
        .map(
            role ->
                new OwnerReferenceBuilder()
                    .withApiVersion(role.getApiVersion())
                    .withKind(role.getKind())
                    .withName(role.getMetadata().getName())
                    .withUid(role.getMetadata().getUid())
                    .build());
  }

  private static boolean created(Runnable creation) {
    try {
      creation.run();
      return true;
    } catch (KubernetesClientException e) {
      if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private Secret certificateSecret(CertificateStore certificates) {
    return secret(settings.secret(), certificates.entries());
  }

  private Secret secret(String name, Map<String, String> entries) {
    return new SecretBuilder()
        .withNewMetadata()
        .withNamespace(settings.namespace())
        .withName(name)
        .withLabels(Map.of(Labels.MANAGED_BY, Labels.WARREN))
        .endMetadata()
        .withType("Opaque")
        .withData(SecretEntries.encode(entries))
        .build();
  }
}
