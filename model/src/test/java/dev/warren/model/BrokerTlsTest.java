package dev.warren.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a binding says about TLS; what a broker makes of it is tested where connections are made.
class BrokerTlsTest {
  private static final String AUTHORITY =
      """
      -----BEGIN CERTIFICATE-----
      MIIBiTCCAS+gAwIBAgIUJrKjdNDri4494hwSM4aHzBPMsYowCgYIKoZIzj0EAwIw
      GTEXMBUGA1UEAwwOdGVzdCBhdXRob3JpdHkwIBcNMjYxMTIyMTcxMzI5WhgPMjEy
      NjEwMjkxNzEzMjlaMBkxFzAVBgNVBAMMDnRlc3QgYXV0aG9yaXR5MFkwEwYHKoZI
      zj0CAQYIKoZIzj0DAQcDQgAET12b39khJkILS/ylEVnkZn07bvygUaeNRpe2NzDl
      976WrStZWzTce0TFzDuiUhJL+1JDgTiy+sL5ZY/V5tYC/aNTMFEwHQYDVR0OBBYE
      FB+oJUgoHBp1/sX7LWzh8QTzK0I6MB8GA1UdIwQYMBaAFB+oJUgoHBp1/sX7LWzh
      8QTzK0I6MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDSAAwRQIhAOQz01km
      zT0wnLIPP+wv5wjFUFdIJJc1K7M9dBMzYlT6AiBnKJhGW2PoWpfpjqvW16K/HRSU
      O0Nr87+rhJ9MdObKaw==
      -----END CERTIFICATE-----
      """;

  private static final BrokerBinding BINDING =
      new BrokerBinding(
          "rabbit.example",
          5671,
          "media",
          "u",
          "p",
          Optional.of(BrokerTls.trusting(AUTHORITY)),
          Optional.empty());

  @Test
  void entriesAreAnAmqpsUriAndTheAuthorities() {
    assertThat(BINDING.entries())
        .containsEntry("uri", "amqps://u:p@rabbit.example:5671/media")
        .containsEntry("ca.crt", AUTHORITY.strip())
        .doesNotContainKey("certificates");
  }

  @Test
  void entriesOfAClientThatShowsACertificate() throws Exception {
    var shown = new ClientCertificate(AUTHORITY.strip(), key());
    var binding = showing(shown);

    assertThat(binding.entries())
        .containsEntry("certificates", shown.certificates())
        .containsEntry("private-key", shown.key());
    assertThat(BrokerBinding.parse(binding.entries())).isEqualTo(binding);
    assertThat(binding.tls().orElseThrow().context()).isNotSameAs(SSLContext.getDefault());
    assertThat(binding.toString()).doesNotContain(shown.key());
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() throws Exception {
    assertThat(problemOf(Map.of("ca.crt", AUTHORITY, "certificates", AUTHORITY)))
        .isEqualTo("of certificates and private-key one is missing; set both or none");
    assertThat(problemOf(Map.of("private-key", key())))
        .isEqualTo("of certificates and private-key one is missing; set both or none");
  }

  @Test
  void aKeyThatIsNoneIsRefusedAndNotQuoted() {
    assertThat(problemOf(Map.of("certificates", AUTHORITY, "private-key", "s3cret")))
        .contains("private key in PEM")
        .doesNotContain("s3cret");
  }

  private static BrokerBinding showing(ClientCertificate shown) {
    return new BrokerBinding(
        "rabbit.example",
        5671,
        "media",
        "u",
        "p",
        Optional.of(BrokerTls.trusting(AUTHORITY).showing(shown)),
        Optional.empty());
  }

  private static String key() throws GeneralSecurityException {
    var key = KeyPairGenerator.getInstance("EC").generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----"
        .formatted(Base64.getMimeEncoder().encodeToString(key));
  }

  @Test
  void readsWhatItWrites() {
    assertThat(BrokerBinding.parse(BINDING.entries())).isEqualTo(BINDING);
  }

  @Test
  void amqpsAloneTrustsWhatTheJvmTrusts() {
    var binding = parse(Map.of("uri", "amqps://u:p@rabbit.example/media"));

    assertThat(binding.tls()).contains(BrokerTls.OF_JVM);
    assertThat(binding.port()).isEqualTo(5671);
    assertThat(BrokerBinding.parse(binding.entries())).isEqualTo(binding);
  }

  @Test
  void authoritiesMeanTlsWhereThereIsNoUri() {
    assertThat(parse(Map.of("ca.crt", AUTHORITY)).tls()).contains(BrokerTls.trusting(AUTHORITY));
  }

  @Test
  void neitherMeansNoTls() {
    var binding = parse(Map.of());

    assertThat(binding.tls()).isEmpty();
    assertThat(binding.port()).isEqualTo(5672);
  }

  @Test
  void authoritiesForAConnectionWithoutTlsAreRefused() {
    assertThat(problemOf(Map.of("uri", "amqp://u:p@rabbit.example/media", "ca.crt", AUTHORITY)))
        .isEqualTo("ca.crt is set, but uri does not use TLS; make it amqps or leave ca.crt out");
  }

  @Test
  void whatIsNoCertificateIsRefused() {
    assertThat(problemOf(Map.of("ca.crt", "rabbit.example")))
        .startsWith("ca.crt is not a list of certificates: ")
        .endsWith("use PEM, beginning with -----BEGIN CERTIFICATE-----");
    assertThat(problemOf(Map.of("ca.crt", AUTHORITY.replace('M', '!'))))
        .startsWith("ca.crt is not a list of certificates: ");
    assertThatIllegalArgumentException().isThrownBy(() -> BrokerTls.trusting(""));
  }

  @Test
  void socketsMustCheckTheHostAndUseAModernVersion() {
    var parameters = BrokerTls.OF_JVM.parameters();

    assertThat(parameters.getEndpointIdentificationAlgorithm()).isEqualTo("HTTPS");
    assertThat(parameters.getProtocols()).containsExactly("TLSv1.3", "TLSv1.2");
  }

  @Test
  void saysWhatToDoAboutEachFailure() {
    assertThat(explain(new CertificateException(new CertPathBuilderException("no path"))))
        .startsWith("its certificate is of an authority that is not trusted; ")
        .contains("'ca.crt'");
    assertThat(explain(new CertificateException(new CertPathValidatorException("expired"))))
        .isEqualTo("its certificate is not valid (handshake); renew it");
    assertThat(explain(new CertificateException("no name matches")))
        .startsWith("its certificate does not name the host 'rabbit.example' (handshake); ");
    assertThat(
            BrokerTls.explain(
                new SSLException("(certificate_required) Received fatal alert"), "rabbit.example"))
        .contains("it asks for a certificate", "spec.tls.tenantCertificateRef");
    assertThat(explain(null)).startsWith("handshake; see that the port is the one for TLS");
  }

  private static String explain(@Nullable Throwable cause) {
    return BrokerTls.explain(new SSLException("handshake", cause), "rabbit.example");
  }

  @Test
  void contextOfTheJvmIsItsDefault() throws Exception {
    assertThat(BrokerTls.OF_JVM.context()).isSameAs(SSLContext.getDefault());
    assertThat(BrokerTls.trusting(AUTHORITY).context()).isNotSameAs(SSLContext.getDefault());
  }

  private static BrokerBinding parse(Map<String, String> more) {
    var entries =
        new HashMap<>(
            Map.of("host", "rabbit.example", "vhost", "media", "username", "u", "password", "p"));
    entries.putAll(more);
    return BrokerBinding.parse(entries);
  }

  private static String problemOf(Map<String, String> more) {
    return catchThrowableOfType(WarrenModelException.class, () -> parse(more)).problems().get(0);
  }
}
