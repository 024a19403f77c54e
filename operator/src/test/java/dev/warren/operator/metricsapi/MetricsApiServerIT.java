package dev.warren.operator.metricsapi;

import static dev.warren.operator.metricsapi.Certificates.OTHER_AUTHORITY;
import static dev.warren.operator.metricsapi.Certificates.PROXY;
import static dev.warren.operator.metricsapi.Certificates.PROXY_AUTHORITY;
import static dev.warren.operator.metricsapi.Certificates.client;
import static dev.warren.operator.metricsapi.Certificates.proxyData;
import static dev.warren.operator.metricsapi.Certificates.serving;
import static dev.warren.operator.metricsapi.FakeFigures.wanting;
import static dev.warren.operator.testing.Resources.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.operator.tls.CertificateAuthorities;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Real TLS on loopback, without a cluster: each test is an API server, or pretends to be one.
@Tag("any-broker")
class MetricsApiServerIT {
  private static final Signer.Signed AUTHORITY = Certificates.authority("warren-ca");
  private static final String WANTED =
      "/apis/external.metrics.k8s.io/v1beta1/namespaces/media/warren_wanted_replicas?labelSelector=taskworker%3Dresizer";

  private final AtomicReference<FrontProxy> proxy =
      new AtomicReference<>(FrontProxy.parse(proxyData(Map.of())));
  private MetricsApiServer server;

  @BeforeEach
  void serve() throws IOException {
    var figures =
        FakeFigures.of(
            List.of(wanting("media", "resizer", "scaling: {wanted: 7, reason: x}")), List.of());
    var responder =
        new Responder(
            () -> Optional.of(proxy.get()),
            Optional::empty,
            (caller, _, _, _) -> caller.groups().contains("scalers"),
            figures,
            () -> NOW);
    server =
        new MetricsApiServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            serving(AUTHORITY, "localhost"),
            responder::answer);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void servesWhomTheFrontProxyNames() throws Exception {
    var answer = get(Optional.of(PROXY), WANTED, "alice", "scalers");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(answer.body()).contains("\"value\":\"7\"");
  }

  @Test
  void refusesWhoMayNot() throws Exception {
    assertThat(get(Optional.of(PROXY), WANTED, "mallory", "others").statusCode()).isEqualTo(403);
  }

  @Test
  void refusesHeadersWithoutACertificate() throws Exception {
    var answer = get(Optional.empty(), WANTED, "alice", "scalers");

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("\"kind\":\"Status\"", "\"reason\":\"Unauthorized\"");
  }

  @Test
  void refusesACertificateOfAnotherAuthority() throws Exception {
    var forged = client(OTHER_AUTHORITY, "front-proxy-client");

    assertThat(get(Optional.of(forged), WANTED, "alice", "scalers").statusCode()).isEqualTo(401);
  }

  @Test
  void refusesACertificateOfAnotherName() throws Exception {
    var other = client(PROXY_AUTHORITY, "somebody");

    assertThat(get(Optional.of(other), WANTED, "alice", "scalers").statusCode()).isEqualTo(403);
  }

  @Test
  void describesItselfWithoutACertificate() throws Exception {
    assertThat(get(Optional.empty(), "/apis/external.metrics.k8s.io/v1beta1", "", "").statusCode())
        .isEqualTo(200);
  }

  @Test
  void believesAnotherAuthorityOnceTheClusterDoes() throws Exception {
    var next = client(OTHER_AUTHORITY, "front-proxy-client");
    proxy.set(
        FrontProxy.parse(
            proxyData(Map.of("requestheader-client-ca-file", OTHER_AUTHORITY.certificate()))));

    assertThat(get(Optional.of(next), WANTED, "alice", "scalers").statusCode()).isEqualTo(200);
    assertThat(get(Optional.of(PROXY), WANTED, "alice", "scalers").statusCode()).isEqualTo(401);
  }

  @Test
  void showsAnotherCertificateFromTheNextConnectionOn() throws Exception {
    server.show(serving(OTHER_AUTHORITY, "localhost"));

    assertThatIOException().isThrownBy(() -> get(Optional.of(PROXY), WANTED, "alice", "scalers"));
    assertThat(get(OTHER_AUTHORITY, Optional.of(PROXY), WANTED, "alice", "scalers").statusCode())
        .isEqualTo(200);
  }

  private HttpResponse<String> get(
      Optional<Signer.Signed> certificate, String path, String user, String group)
      throws Exception {
    return get(AUTHORITY, certificate, path, user, group);
  }

  private HttpResponse<String> get(
      Signer.Signed authority,
      Optional<Signer.Signed> certificate,
      String path,
      String user,
      String group)
      throws Exception {
    var context = SSLContext.getInstance("TLS");
    context.init(
        certificate.map(MetricsApiServerIT::keys).orElse(new KeyManager[0]),
        new TrustManager[] {CertificateAuthorities.parse(authority.certificate()).trust()},
        null);
    var request =
        HttpRequest.newBuilder(URI.create("https://localhost:%d%s".formatted(server.port(), path)));
    if (!user.isEmpty()) {
      request.header("X-Remote-User", user).header("X-Remote-Group", group);
    }
    try (var client = HttpClient.newBuilder().sslContext(context).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static KeyManager[] keys(Signer.Signed signed) {
    return new KeyManager[] {new ClientKeys(signed)};
  }
}
