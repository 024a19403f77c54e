package dev.warren.operator.metricsapi;

import static dev.warren.operator.testing.Resources.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Authorities and certificates for tests that speak TLS, valid for an hour from now on.
final class Certificates {
  private static final Duration VALIDITY = Duration.ofHours(1);

  static final Signer.Signed PROXY_AUTHORITY = authority("front-proxy-ca");
  static final Signer.Signed OTHER_AUTHORITY = authority("other-ca");
  static final Signer.Signed PROXY = client(PROXY_AUTHORITY, "front-proxy-client");

  private Certificates() {}

  static Signer.Signed authority(String name) {
    return Signer.authority(name, Instant.now(), VALIDITY);
  }

  static Signer.Signed client(Signer.Signed authority, String name) {
    return Signer.client(authority, name, Instant.now(), VALIDITY);
  }

  static Signer.Signed expiredClient(Signer.Signed authority, String name) {
    return Signer.client(authority, name, NOW.minus(VALIDITY), Duration.ZERO);
  }

  static ServingCertificate serving(Signer.Signed authority, String... names) {
    var server = Signer.server(authority, List.of(names), Instant.now(), VALIDITY);
    return new ServingCertificate(server.certificate(), server.key(), authority.certificate());
  }

  /// What a cluster says of its front proxy.
  static Map<String, String> proxyData(Map<String, String> changes) {
    var data =
        new TreeMap<>(
            Map.of(
                "requestheader-client-ca-file", PROXY_AUTHORITY.certificate(),
                "requestheader-allowed-names", "[\"front-proxy-client\"]",
                "requestheader-username-headers", "[\"X-Remote-User\"]",
                "requestheader-uid-headers", "[\"X-Remote-Uid\"]",
                "requestheader-group-headers", "[\"X-Remote-Group\"]",
                "requestheader-extra-headers-prefix", "[\"X-Remote-Extra-\"]"));
    data.putAll(changes);
    return data;
  }
}
