package dev.warren.operator.metricsapi;

import static dev.warren.operator.testing.Resources.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.Pem;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateStoreTest {
  private static final List<String> NAMES =
      List.of("metrics.warren.svc", "metrics.warren", "metrics.warren.svc.cluster.local");
  private static final CertificateStore FIRST = next(Optional.empty(), "", NOW);

  /// When the first authority is to be replaced.
  private static final Instant AUTHORITY_DUE = NOW.plus(Duration.ofDays(3_286));

  @Test
  void beginsWithAnAuthorityAndACertificateOfItForTheNames() throws Exception {
    var serving = shown(FIRST);

    serving.verify(authorities(FIRST).getFirst().getPublicKey());
    assertThat(authorities(FIRST)).hasSize(1);
    assertThat(Signer.names(serving)).isEqualTo(NAMES);
    assertThat(serving.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    assertThat(serving.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(90)));
    assertThat(authorities(FIRST).getFirst().getBasicConstraints()).isZero();
  }

  @Test
  void staysAsItIsWhileNothingIsDue() {
    assertThat(next(FIRST, NOW.plus(Duration.ofDays(59)))).isEqualTo(FIRST);
  }

  @Test
  void isReadAsItWasWritten() {
    assertThat(CertificateStore.of(FIRST.entries())).contains(FIRST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ca.crt", "ca.key", "tls.crt", "tls.key"})
  void isNothingWithoutAnyOfIt(String missing) {
    var entries = new TreeMap<>(FIRST.entries());
    entries.remove(missing);

    assertThat(CertificateStore.of(entries)).isEmpty();
    assertThat(CertificateStore.of(Map.of(missing, "spoilt"))).isEmpty();
  }

  @Test
  void renewsTheCertificateInTime() throws Exception {
    var renewed = next(FIRST, NOW.plus(Duration.ofDays(61)));

    assertThat(renewed.bundle()).isEqualTo(FIRST.bundle());
    assertThat(renewed.serving()).isNotEqualTo(FIRST.serving());
    shown(renewed).verify(authorities(FIRST).getFirst().getPublicKey());
  }

  @Test
  void makesAnotherCertificateForAnotherName() {
    var renamed =
        CertificateStore.next(Optional.of(FIRST), List.of("other.warren.svc"), FIRST.bundle(), NOW);

    assertThat(Signer.names(shown(renamed))).containsExactly("other.warren.svc");
  }

  @Test
  void lastsLongerThanAnyOfItsCertificates() throws Exception {
    var store = FIRST;
    var published = FIRST.bundle();
    for (var now = NOW;
        now.isBefore(AUTHORITY_DUE.plus(Duration.ofDays(1_000)));
        now = now.plus(Duration.ofDays(7))) {
      var next = next(Optional.of(store), published, now);

      assertThat(trusts(published, next)).as("what is shown is trusted, %s", now).isTrue();
      shown(next).checkValidity(Date.from(now));
      published = next.bundle();
      assertThat(trusts(published, next)).isTrue();
      store = next;
    }
    assertThat(authorities(store)).hasSize(1);
    assertThat(authorities(store)).isNotEqualTo(authorities(FIRST));
  }

  @Test
  void publishesAnotherAuthorityBeforeItSigns() throws Exception {
    var current = next(FIRST, AUTHORITY_DUE.minus(Duration.ofDays(2)));
    var announced = next(Optional.of(current), current.bundle(), AUTHORITY_DUE);
    var unpublished = next(Optional.of(announced), current.bundle(), AUTHORITY_DUE);
    var signed = next(Optional.of(announced), announced.bundle(), AUTHORITY_DUE);

    assertThat(authorities(announced)).hasSize(2).endsWith(authorities(current).getFirst());
    assertThat(announced.serving()).isEqualTo(current.serving());
    assertThat(unpublished).isEqualTo(announced);
    assertThat(signed.bundle()).isEqualTo(announced.bundle());
    shown(signed).verify(authorities(announced).getFirst().getPublicKey());
  }

  @Test
  void tellsNoKeys() {
    assertThat(FIRST.toString() + FIRST.certificate()).doesNotContain("PRIVATE");
  }

  private static CertificateStore next(CertificateStore store, Instant now) {
    return next(Optional.of(store), store.bundle(), now);
  }

  private static CertificateStore next(
      Optional<CertificateStore> store, String published, Instant now) {
    return CertificateStore.next(store, NAMES, published, now);
  }

  private static boolean trusts(String bundle, CertificateStore store) {
    return certificates(bundle).stream()
        .anyMatch(
            authority -> {
              try {
                shown(store).verify(authority.getPublicKey());
                return true;
              } catch (GeneralSecurityException e) {
                return false;
              }
            });
  }

  private static X509Certificate shown(CertificateStore store) {
    return certificates(store.serving()).getFirst();
  }

  private static List<X509Certificate> authorities(CertificateStore store) {
    return certificates(store.bundle());
  }

  private static List<X509Certificate> certificates(String pem) {
    return Pem.certificates(pem).stream().map(X509Certificate.class::cast).toList();
  }
}
