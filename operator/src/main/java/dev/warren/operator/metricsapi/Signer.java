package dev.warren.operator.metricsapi;

import dev.warren.model.Pem;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Makes certificates with keys of their own. May be used by any thread.
final class Signer {
  /// Against clocks that are behind.
  private static final Duration LEEWAY = Duration.ofMinutes(5);

  private static final int SERIAL_BITS = 127;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Signer() {}

  /// A certificate with its private key.
  ///
  /// @param certificate in PEM
  /// @param key PKCS#8, in PEM
  record Signed(String certificate, String key) {
    X509Certificate x509() {
      return (X509Certificate) Pem.certificates(certificate).getFirst();
    }

    PrivateKey privateKey() {
      return Pem.privateKey(key);
    }

    /// Leaves the key out.
    @Override
    public String toString() {
      return "Signed[%s]".formatted(x509().getSubjectX500Principal());
    }
  }

  /// An authority that signs itself, and may sign nothing but certificates of servers and clients.
  static Signed authority(String name, Instant now, Duration validity) {
    return attempt(
        () -> {
          var pair = pair();
          var subject = subject(name);
          var builder = builder(subject, subject, pair.getPublic(), now, validity);
          var extensions = new JcaX509ExtensionUtils();
          builder
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign))
              .addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  extensions.createSubjectKeyIdentifier(pair.getPublic()));
          return signed(builder, pair.getPrivate(), pair);
        });
  }

  /// A server's certificate, signed by this authority.
  ///
  /// @param names of the host; the first is the subject too
  static Signed server(Signed authority, List<String> names, Instant now, Duration validity) {
    var hosts =
        names.stream()
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    return leaf(authority, names.getFirst(), KeyPurposeId.id_kp_serverAuth, hosts, now, validity);
  }

  /// A client's certificate, signed by this authority.
  static Signed client(Signed authority, String name, Instant now, Duration validity) {
    return leaf(authority, name, KeyPurposeId.id_kp_clientAuth, new GeneralName[0], now, validity);
  }

  private static Signed leaf(
      Signed authority,
      String name,
      KeyPurposeId purpose,
      GeneralName[] hosts,
      Instant now,
      Duration validity) {
    return attempt(
        () -> {
          var pair = pair();
          var issuer = authority.x509();
          var builder =
              builder(
                  issuer.getSubjectX500Principal(), subject(name), pair.getPublic(), now, validity);
          builder
              .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
              .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
              .addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose))
              .addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer));
          if (hosts.length > 0) {
            builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(hosts));
          }
          return signed(builder, authority.privateKey(), pair);
        });
  }

  /// A common name has 64 characters at most; clients look at the names of the host.
  private static X500Principal subject(String name) {
    return new X500Principal("CN=" + name.substring(0, Math.min(name.length(), 64)));
  }

  private static JcaX509v3CertificateBuilder builder(
      X500Principal issuer, X500Principal subject, PublicKey key, Instant now, Duration validity) {
    return new JcaX509v3CertificateBuilder(
        issuer,
        new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
        Date.from(now.minus(LEEWAY)),
        Date.from(now.plus(validity)),
        subject,
        key);
  }

  private static Signed signed(X509v3CertificateBuilder builder, PrivateKey signer, KeyPair pair)
      throws OperatorCreationException, IOException {
    var holder = builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(signer));
    return new Signed(
        pem("CERTIFICATE", holder.getEncoded()),
        pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
  }

  private static KeyPair pair() throws GeneralSecurityException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
    return generator.generateKeyPair();
  }

  /// A certificate in PEM.
  static String pem(X509Certificate certificate) {
    try {
      return pem("CERTIFICATE", certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate that was read can be written", e);
    }
  }

  /// The names of hosts that a certificate is for.
  static List<String> names(X509Certificate certificate) {
    try {
      return Objects.requireNonNullElse(
              certificate.getSubjectAlternativeNames(), List.<List<?>>of())
          .stream()
          .map(name -> String.valueOf(name.get(1)))
          .toList();
    } catch (CertificateParsingException e) {
      return List.of();
    }
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(
            label, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes), label);
  }

  @FunctionalInterface
  private interface Making {
    Signed make() throws GeneralSecurityException, OperatorCreationException, IOException;
  }

  private static Signed attempt(Making making) {
    try {
      return making.make();
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException("every JDK signs with elliptic curves", e);
    }
  }
}
