package dev.warren.operator.taskbroker;

import dev.warren.crds.SecretReference;
import dev.warren.crds.TlsSpec;
import dev.warren.model.ClientCertificate;
import dev.warren.operator.broker.Trust;
import dev.warren.operator.resource.SecretEntries;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads the Secrets and the ConfigMap that `spec.tls` of a TaskBroker refers to, by name each
/// time, so that a change is noticed. Used by one thread.
final class TrustReader {
  private static final String CA_KEY = "ca.crt";
  private static final String CERTIFICATE_KEY = "tls.crt";
  private static final String PRIVATE_KEY = "tls.key";

  private final KubernetesClient client;

  TrustReader(KubernetesClient client) {
    this.client = client;
  }

  /// Whom to trust, and the certificate to show.
  ///
  /// @throws IllegalArgumentException if what is referred to is missing, lacks a key, or holds no
  ///   PEM, or may not be read; names the field and the object, and never a value
  Trust read(@Nullable TlsSpec tls) {
    if (tls == null) {
      return Trust.OF_JVM;
    }
    var trust = Optional.ofNullable(tls.caRef()).map(this::authorities).orElse(Trust.OF_JVM);
    return new Trust(
        trust.certificates(),
        certificate("spec.tls.clientCertificateRef", tls.clientCertificateRef()),
        certificate("spec.tls.tenantCertificateRef", tls.tenantCertificateRef()));
  }

  private Trust authorities(TlsSpec.CaReference reference) {
    var found =
        reference.kind() == TlsSpec.Kind.ConfigMap
            ? configMap("spec.tls.caRef", reference.namespace(), reference.name())
            : secret("spec.tls.caRef", reference.namespace(), reference.name());
    var pem = found.entry(Optional.ofNullable(reference.key()).orElse(CA_KEY));
    return found.checked(() -> new Trust(Optional.of(pem), Optional.empty(), Optional.empty()));
  }

  private Optional<ClientCertificate> certificate(
      String field, @Nullable SecretReference reference) {
    if (reference == null) {
      return Optional.empty();
    }
    var found = secret(field, reference.namespace(), reference.name());
    var certificate = found.entry(CERTIFICATE_KEY);
    var key = found.entry(PRIVATE_KEY);
    return Optional.of(found.checked(() -> new ClientCertificate(certificate, key)));
  }

  private Found secret(String field, String namespace, String name) {
    var what = "%s: Secret '%s/%s'".formatted(field, namespace, name);
    var secret = read(what, () -> client.secrets().inNamespace(namespace).withName(name).get());
    return new Found(what, present(what, secret == null ? null : SecretEntries.of(secret)));
  }

  private Found configMap(String field, String namespace, String name) {
    var what = "%s: ConfigMap '%s/%s'".formatted(field, namespace, name);
    var map = read(what, () -> client.configMaps().inNamespace(namespace).withName(name).get());
    return new Found(
        what,
        present(what, map == null ? null : Optional.ofNullable(map.getData()).orElse(Map.of())));
  }

  private static <T extends @Nullable Object> T read(String what, Supplier<T> request) {
    try {
      return request.get();
    } catch (KubernetesClientException e) {
      if (Forbidden.isSaidBy(e)) {
        throw new IllegalArgumentException(what + " " + Forbidden.MESSAGE, e);
      }
      throw e;
    }
  }

  private static Map<String, String> present(String what, @Nullable Map<String, String> entries) {
    if (entries == null) {
      throw new IllegalArgumentException(what + " does not exist; create it");
    }
    return entries;
  }

  /// What was referred to.
  ///
  /// @param what names the field and the object
  private record Found(String what, Map<String, String> entries) {
    String entry(String key) {
      var value = entries.get(key);
      if (value == null) {
        throw new IllegalArgumentException("%s has no key '%s'; add it".formatted(what, key));
      }
      return value;
    }

    <T> T checked(Supplier<T> made) {
      try {
        return made.get();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(what + ": " + e.getMessage(), e);
      }
    }
  }
}
