package dev.warren.operator.metricsapi;

import dev.warren.model.Pem;
import dev.warren.operator.metricsapi.Signer.Signed;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The operator's own certificates as its replicas share them: authorities, the newest first, with
/// the newest one's key, and what the server shows. Each change is a step after which every replica
/// and every reader of the step before goes on.
///
/// @param bundle of the authorities to trust, in PEM
/// @param authorityKey of the first of them, in PEM
/// @param serving the server's certificate, in PEM
/// @param servingKey its key, in PEM
record CertificateStore(String bundle, String authorityKey, String serving, String servingKey) {
  /// How long an authority is valid; it is replaced a year before its end.
  static final Duration AUTHORITY_VALIDITY = Duration.ofDays(3_650);

  /// How long the server's certificate is; it is replaced a third before its end.
  static final Duration SERVING_VALIDITY = Duration.ofDays(90);

  private static final Duration AUTHORITY_RENEWAL = Duration.ofDays(365);
  private static final Duration SERVING_RENEWAL = Duration.ofDays(30);

  private static final String BUNDLE = "ca.crt";
  private static final String AUTHORITY_KEY = "ca.key";
  private static final String SERVING = "tls.crt";
  private static final String SERVING_KEY = "tls.key";

  /// Reads what a Secret holds; empty if it is not all there, or cannot be read.
  static Optional<CertificateStore> of(Map<String, String> entries) {
    var store =
        new CertificateStore(
            entries.getOrDefault(BUNDLE, ""),
            entries.getOrDefault(AUTHORITY_KEY, ""),
            entries.getOrDefault(SERVING, ""),
            entries.getOrDefault(SERVING_KEY, ""));
    try {
      var _ = store.authority().privateKey();
      var _ = store.certificate();
      return Optional.of(store);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  Map<String, String> entries() {
    return Map.of(
        BUNDLE, bundle, AUTHORITY_KEY, authorityKey, SERVING, serving, SERVING_KEY, servingKey);
  }

  ServingCertificate certificate() {
    return new ServingCertificate(serving, servingKey, bundle);
  }

  /// The store after the next step that is due; the same if none is.
  ///
  /// @param names of the host
  /// @param published what the API server trusts now, in PEM; empty if nothing
  static CertificateStore next(
      Optional<CertificateStore> store, List<String> names, String published, Instant now) {
    if (store.isEmpty()) {
      var authority = Signer.authority("warren-metrics-api-ca", now, AUTHORITY_VALIDITY);
      return new CertificateStore(authority.certificate(), authority.key(), "", "")
          .withServing(names, now);
    }
    var current = store.get().withoutExpired(now);
    if (endsBefore(current.authority().x509(), now.plus(AUTHORITY_RENEWAL))) {
      return current.withAuthority(now);
    }
    // A certificate of an authority that the API server does not trust yet would shut it out.
    var trusted = published.contains(current.authority().certificate().strip());
    return current.servingIsDue(names, now) || (trusted && !current.signedByFirst())
        ? current.withServing(names, now)
        : current;
  }

  private CertificateStore withAuthority(Instant now) {
    var authority = Signer.authority("warren-metrics-api-ca", now, AUTHORITY_VALIDITY);
    return new CertificateStore(
        authority.certificate() + bundle, authority.key(), serving, servingKey);
  }

  /// The newest stays, whatever its end: its key does.
  private CertificateStore withoutExpired(Instant now) {
    var newest = authorities().getFirst();
    var left =
        authorities().stream()
            .filter(it -> it.equals(newest) || !endsBefore(it, now))
            .map(Signer::pem)
            .collect(Collectors.joining());
    return new CertificateStore(left, authorityKey, serving, servingKey);
  }

  private CertificateStore withServing(List<String> names, Instant now) {
    var server = Signer.server(authority(), names, now, SERVING_VALIDITY);
    return new CertificateStore(bundle, authorityKey, server.certificate(), server.key());
  }

  private boolean servingIsDue(List<String> names, Instant now) {
    var shown = (X509Certificate) Pem.certificates(serving).getFirst();
    return endsBefore(shown, now.plus(SERVING_RENEWAL)) || !Signer.names(shown).equals(names);
  }

  private boolean signedByFirst() {
    try {
      Pem.certificates(serving).getFirst().verify(authorities().getFirst().getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// The newest, which signs.
  private Signed authority() {
    return new Signed(Signer.pem(authorities().getFirst()), authorityKey);
  }

  private List<X509Certificate> authorities() {
    return Pem.certificates(bundle).stream().map(X509Certificate.class::cast).toList();
  }

  private static boolean endsBefore(X509Certificate certificate, Instant time) {
    return certificate.getNotAfter().toInstant().isBefore(time);
  }

  /// Leaves the keys out.
  @Override
  public String toString() {
    return "CertificateStore[%d authorities]".formatted(authorities().size());
  }
}
