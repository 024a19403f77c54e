package dev.warren.operator.metricsapi;

import static dev.warren.operator.metricsapi.Certificates.OTHER_AUTHORITY;
import static dev.warren.operator.metricsapi.Certificates.PROXY;
import static dev.warren.operator.metricsapi.Certificates.PROXY_AUTHORITY;
import static dev.warren.operator.metricsapi.Certificates.proxyData;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.warren.operator.metricsapi.FrontProxy.Identity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FrontProxyTest {
  private static final FrontProxy FRONT_PROXY = FrontProxy.parse(proxyData(Map.of()));
  private static final Map<String, List<String>> ALICE =
      Map.of("X-remote-user", List.of("alice"), "X-remote-group", List.of("dev", "ops"));

  @Test
  void believesTheProxyWhoAsks() {
    var headers =
        Map.of(
            "X-remote-user", List.of("alice"),
            "X-remote-uid", List.of("u-1"),
            "X-remote-group", List.of("dev", "ops"),
            "X-remote-extra-example.com%2fscope", List.of("read", "write"),
            "Authorization", List.of("ignored"));

    assertThat(FRONT_PROXY.identify(query(PROXY, headers)))
        .isEqualTo(
            new Identity.Known(
                new Caller(
                    "alice",
                    "u-1",
                    List.of("dev", "ops"),
                    Map.of("example.com/scope", List.of("read", "write")))));
  }

  @Test
  void believesNobodyWithoutACertificate() {
    assertThat(code(new Query("GET", "/", "", ALICE, List.of()))).isEqualTo(401);
  }

  @Test
  void believesNobodyOfAnotherAuthority() {
    var forged = Certificates.client(OTHER_AUTHORITY, "front-proxy-client");

    assertThat(code(query(forged, ALICE))).isEqualTo(401);
  }

  @Test
  void believesNobodyOfAnotherName() {
    var other = Certificates.client(PROXY_AUTHORITY, "somebody");

    assertThat(code(query(other, ALICE))).isEqualTo(403);
  }

  @Test
  void believesNobodyWhoseCertificateHasExpired() {
    var expired = Certificates.expiredClient(PROXY_AUTHORITY, "front-proxy-client");

    assertThat(code(query(expired, ALICE))).isEqualTo(401);
  }

  @Test
  void believesNoCertificateThatIsMadeForServers() {
    var server =
        Signer.server(
            PROXY_AUTHORITY, List.of("front-proxy-client"), Instant.now(), Duration.ofHours(1));

    assertThat(code(query(server, ALICE))).isEqualTo(401);
  }

  @Test
  void believesAnyNameWhereNoneIsDemanded() {
    var any = FrontProxy.parse(proxyData(Map.of("requestheader-allowed-names", "[]")));
    var other = Certificates.client(PROXY_AUTHORITY, "somebody");

    assertThat(any.identify(query(other, ALICE))).isInstanceOf(Identity.Known.class);
  }

  @Test
  void wantsAUser() {
    assertThat(code(query(PROXY, Map.of("X-remote-group", List.of("system:masters")))))
        .isEqualTo(401);
  }

  @Test
  void needsAnAuthority() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FrontProxy.parse(Map.of()))
        .withMessage(
            "ConfigMap 'kube-system/extension-apiserver-authentication' has no"
                + " requestheader-client-ca-file; turn the API server's aggregation layer on");
  }

  private static int code(Query query) {
    return switch (FRONT_PROXY.identify(query)) {
      case Identity.Unknown(var reply) -> reply.code();
      case Identity.Known _ -> 200;
    };
  }

  private static Query query(Signer.Signed certificate, Map<String, List<String>> headers) {
    return new Query("GET", "/", "", headers, List.of(certificate.x509()));
  }
}
