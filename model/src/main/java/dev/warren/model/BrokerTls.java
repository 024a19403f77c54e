package dev.warren.model;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// How a broker that is reached by TLS is known: its certificate is issued by an authority that is
/// trusted, and names the host that was connected to. TLS is of version 1.2 or 1.3.
///
/// @param authorities certificates of the authorities to trust, in PEM; those that the JVM trusts
///   when absent
/// @param client shown to a broker that asks who connects
public record BrokerTls(Optional<String> authorities, Optional<ClientCertificate> client) {
  /// Trusts the authorities that the JVM trusts, and shows no certificate.
  public static final BrokerTls OF_JVM = new BrokerTls(Optional.empty(), Optional.empty());

  private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

  /// Alerts of RFC 8446, section 6.2, by which a server says so.
  private static final Pattern CERTIFICATE_WANTED =
      Pattern.compile("certificate_required|bad_certificate|certificate_unknown|unknown_ca");

  private static final char[] NO_PASSWORD = new char[0];

  public BrokerTls {
    authorities = authorities.map(String::strip);
    authorities.ifPresent(BrokerTls::certificates);
  }

  /// Trusts these authorities only, and shows no certificate.
  ///
  /// @param authorities their certificates, in PEM
  /// @throws IllegalArgumentException if it holds none, or what is none
  public static BrokerTls trusting(String authorities) {
    return new BrokerTls(Optional.of(authorities), Optional.empty());
  }

  /// The same, and shows this certificate.
  public BrokerTls showing(ClientCertificate certificate) {
    return new BrokerTls(authorities, Optional.of(certificate));
  }

  /// What makes sockets that trust these authorities.
  public SSLContext context() {
    try {
      if (equals(OF_JVM)) {
        return SSLContext.getDefault();
      }
      var context = SSLContext.getInstance("TLS");
      context.init(keys(), trust(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JVM has no usable TLS: " + e.getMessage(), e);
    }
  }

  /// Null for those of the JVM.
  private TrustManager @Nullable [] trust() throws GeneralSecurityException, IOException {
    if (authorities.isEmpty()) {
      return null;
    }
    var store = emptyStore();
    for (var certificate : certificates(authorities.get())) {
      store.setCertificateEntry("authority-" + store.size(), certificate);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private KeyManager[] keys() throws GeneralSecurityException, IOException {
    if (client.isEmpty()) {
      return new KeyManager[0];
    }
    var store = emptyStore();
    store.setKeyEntry(
        "client",
        Pem.privateKey(client.get().key()),
        NO_PASSWORD,
        Pem.certificates(client.get().certificates()).toArray(new Certificate[0]));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  /// What such a socket must insist on: the versions, and that the certificate names the host.
  public SSLParameters parameters() {
    var parameters = new SSLParameters();
    parameters.setProtocols(VERSIONS);
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  /// What is wrong and what to do about it, in plain words, when TLS to this host has failed.
  public static String explain(SSLException failure, String host) {
    if (isCausedBy(failure, CertPathBuilderException.class)) {
      return "its certificate is of an authority that is not trusted; give the certificate of that authority to the TaskBroker, which puts it into the entry '%s' of the binding"
          .formatted(BrokerBinding.CA_CERTIFICATES);
    }
    if (isCausedBy(failure, CertPathValidatorException.class)) {
      return "its certificate is not valid (%s); renew it".formatted(failure.getMessage());
    }
    if (isCausedBy(failure, CertificateException.class)) {
      return "its certificate does not name the host '%s' (%s); connect by a name that it has, or issue one for this"
          .formatted(host, failure.getMessage());
    }
    if (CERTIFICATE_WANTED.matcher(String.valueOf(failure.getMessage())).find()) {
      return "it asks for a certificate, or refuses the one that is shown (%s); set spec.tls.tenantCertificateRef of the TaskBroker, which puts it into the entries '%s' and '%s' of the binding"
          .formatted(
              failure.getMessage(), BrokerBinding.CLIENT_CERTIFICATES, BrokerBinding.CLIENT_KEY);
    }
    return "%s; see that the port is the one for TLS, and that the broker allows TLS 1.2 or 1.3"
        .formatted(failure.getMessage());
  }

  private static boolean isCausedBy(Throwable failure, Class<? extends Throwable> type) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .anyMatch(type::isInstance);
  }

  private static List<Certificate> certificates(String pem) {
    try {
      return Pem.certificates(pem);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s is not a list of certificates: use PEM, beginning with -----BEGIN CERTIFICATE-----"
              .formatted(BrokerBinding.CA_CERTIFICATES),
          e);
    }
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
