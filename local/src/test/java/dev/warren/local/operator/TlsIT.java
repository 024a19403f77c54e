package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.model.testing.TestTls;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// The operator and its broker speak TLS.
@EnabledIfEnvironmentVariable(named = TestTls.VARIABLE, matches = ".+")
class TlsIT {
  private static TestCluster cluster;
  private static TestTls tls;

  @BeforeAll
  static void start() throws IOException {
    cluster = new TestCluster();
    tls = new TestTls();
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void bindingSaysWhomToTrustAndWhatToShow() {
    var broker = applyBroker("trusted", tls.authority());
    var tenant = new Tenant(cluster, cluster.namespace(), broker);

    tenant.applyQueue("sealed", "type: Classic");

    tenant.awaitQueue("sealed", reason("Reconciled"));
    assertThat(tenant.publisher("sealed"))
        .hasEntrySatisfying("uri", uri -> assertThat(uri).startsWith("amqps://"))
        .hasEntrySatisfying(
            "ca.crt", ca -> assertThat(ca).isEqualToIgnoringWhitespace(tls.authority()))
        .containsEntry("port", Integer.toString(tls.port()))
        .doesNotContainKeys("certificates", "private-key");

    cluster.applyBroker(
        broker, spec(broker, "name: %s-ca".formatted(broker), certificates(broker)));

    await()
        .atMost(TestCluster.PATIENCE)
        .untilAsserted(
            () ->
                assertThat(tenant.publisher("sealed"))
                    .hasEntrySatisfying(
                        "certificates",
                        it -> assertThat(it).isEqualToIgnoringWhitespace(tls.clientCertificate()))
                    .hasEntrySatisfying(
                        "private-key",
                        it -> assertThat(it).isEqualToIgnoringWhitespace(tls.clientKey())));
  }

  /// Whether the broker's alert is seen, or only that the connection broke, is a matter of time.
  @Test
  void brokerThatAsksForACertificateIsGivenNone() {
    var name = cluster.namespace() + "-anonymous";
    applySecret(name);
    applyAuthority(name, tls.authority());

    cluster.applyBroker(name, spec(name, "name: %s-ca".formatted(name)));

    var condition = cluster.awaitBroker(name, reason("BrokerUnreachable"));
    assertThat(condition.getMessage())
        .containsPattern("asks (for one|clients for a certificate)")
        .contains("set spec.tls.clientCertificateRef");
  }

  @Test
  void brokerOfAnotherAuthorityIsNotTrusted() {
    var broker = applyBroker("stranger", tls.clientCertificate());

    var condition = cluster.awaitBroker(broker, reason("BrokerUnreachable"));

    assertThat(condition.getMessage()).contains("is not signed by a CA", "spec.tls.caRef");
  }

  @Test
  void authorityThatIsMissingIsNamed() {
    var name = cluster.namespace() + "-missing";
    applySecret(name);

    cluster.applyBroker(name, spec(name, "kind: Secret, name: nowhere"));

    var condition = cluster.awaitBroker(name, reason("TlsInvalid"));
    assertThat(condition.getMessage())
        .contains("spec.tls.caRef", "'%s/nowhere' does not exist".formatted(cluster.namespace()));
  }

  private static String applyBroker(String suffix, String authority) {
    var name = cluster.namespace() + "-" + suffix;
    applySecret(name);
    applyAuthority(name, authority);
    cluster
        .tenant()
        .applySecret(
            name + "-client",
            Map.of("tls.crt", tls.clientCertificate(), "tls.key", tls.clientKey()));
    cluster.applyBroker(name, spec(name, "name: %s-ca".formatted(name), certificate(name)));
    return name;
  }

  /// What the operator shows.
  private static String certificate(String name) {
    return ", clientCertificateRef: {name: %s-client, namespace: %s}"
        .formatted(name, cluster.namespace());
  }

  /// What operator and tenants show.
  private static String certificates(String name) {
    return certificate(name)
        + ", tenantCertificateRef: {name: %s-client, namespace: %s}"
            .formatted(name, cluster.namespace());
  }

  private static void applyAuthority(String name, String authority) {
    cluster.tenant().applySecret(name + "-ca", Map.of("ca.crt", authority));
  }

  private static void applySecret(String name) {
    var amqp =
        "amqps://%s:%s@%s:%d"
            .formatted(
                cluster.broker().username(), cluster.broker().password(), tls.host(), tls.port());
    cluster
        .tenant()
        .applySecret(name, Map.of("uri", amqp, "managementUri", tls.managementUri().toString()));
  }

  private static String spec(String secret, String ca) {
    return spec(secret, ca, "");
  }

  private static String spec(String secret, String ca, String client) {
    return "secretRef: {name: %1$s, namespace: %2$s}, tls: {caRef: {%3$s, namespace: %2$s}%4$s}"
        .formatted(secret, cluster.namespace(), ca, client);
  }
}
