package dev.warren.operator.taskbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.warren.crds.SecretReference;
import dev.warren.crds.TlsSpec;
import dev.warren.crds.TlsSpec.CaReference;
import dev.warren.operator.broker.TestCertificates;
import dev.warren.operator.broker.Trust;
import dev.warren.operator.resource.SecretEntries;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Reads from an HTTP server that answers as an API server does.
@Tag("any-broker")
class TrustReaderIT {
  private final TestCertificates certificates;
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final KubernetesClient client;
  private final TrustReader reader;

  TrustReaderIT(@TempDir Path directory) throws IOException {
    certificates = new TestCertificates(directory, "ip:127.0.0.1", "EC");
    server.start();
    client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder()
                    .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                    .withHttp2Disable(true)
                    .build())
            .build();
    reader = new TrustReader(client);
  }

  @AfterEach
  void close() {
    client.close();
    server.stop(0);
  }

  @Test
  void trustsWhomTheJvmTrustsWhenNothingIsSaid() {
    assertThat(reader.read(null)).isEqualTo(Trust.OF_JVM);
  }

  @Test
  void readsAuthoritiesFromASecret() {
    secret("ca", Map.of("ca.crt", certificates.certificate()));

    assertThat(reader.read(ca(null, null)).certificates()).contains(certificates.certificate());
  }

  @Test
  void readsAuthoritiesFromAKeyOfAConfigMap() {
    answer(
        "/api/v1/namespaces/platform/configmaps/ca",
        new ConfigMapBuilder().addToData("root.pem", certificates.certificate()).build());

    assertThat(reader.read(ca(TlsSpec.Kind.ConfigMap, "root.pem")).certificates())
        .contains(certificates.certificate());
  }

  @Test
  void readsTheCertificateToShow() {
    secret("client", Map.of("tls.crt", certificates.certificate(), "tls.key", certificates.key()));

    assertThat(reader.read(shown()).client()).isPresent();
    assertThat(reader.read(shown()).tenants()).isEmpty();
  }

  @Test
  void readsTheCertificateThatTenantsShow() {
    secret("client", Map.of("tls.crt", certificates.certificate(), "tls.key", certificates.key()));

    var trust = reader.read(new TlsSpec(null, null, new SecretReference("client", "platform")));

    assertThat(trust.tenants()).isPresent();
    assertThat(trust.client()).isEmpty();
  }

  @Test
  void namesWhatIsMissing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.read(ca(null, null)))
        .withMessage("spec.tls.caRef: Secret 'platform/ca' does not exist; create it");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.read(ca(TlsSpec.Kind.ConfigMap, null)))
        .withMessage("spec.tls.caRef: ConfigMap 'platform/ca' does not exist; create it");
  }

  @Test
  void namesWhatMayNotBeRead() {
    server.createContext(
        "/api/v1/namespaces/platform/secrets/ca",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(403, -1);
          }
        });

    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.read(ca(null, null)))
        .withMessageStartingWith(
            "spec.tls.caRef: Secret 'platform/ca' may not be read by the operator;");
  }

  @Test
  void namesAKeyThatIsMissing() {
    secret("client", Map.of("tls.crt", certificates.certificate()));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.read(shown()))
        .withMessage(
            "spec.tls.clientCertificateRef: Secret 'platform/client' has no key 'tls.key'; add it");
  }

  @Test
  void namesWhatHoldsNoPem() {
    secret("ca", Map.of("ca.crt", "s3cret"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> reader.read(ca(null, null)))
        .withMessageStartingWith("spec.tls.caRef: Secret 'platform/ca': it holds no certificate")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret"));
  }

  private static TlsSpec ca(TlsSpec.@Nullable Kind kind, @Nullable String key) {
    return new TlsSpec(new CaReference(kind, "platform", "ca", key), null, null);
  }

  private static TlsSpec shown() {
    return new TlsSpec(null, new SecretReference("client", "platform"), null);
  }

  private void secret(String name, Map<String, String> entries) {
    answer(
        "/api/v1/namespaces/platform/secrets/" + name,
        new SecretBuilder().withData(SecretEntries.encode(entries)).build());
  }

  private void answer(String path, HasMetadata object) {
    var body = Serialization.asJson(object).getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
        });
  }
}
