package dev.warren.operator.broker;

import dev.warren.model.BrokerTls;
import dev.warren.operator.tls.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Whom a TLS connection to a broker trusts, and how it shows who it is. Two are equal if made of
/// the same text.
///
/// @param certificates of the authorities to trust, in PEM; those that the JVM trusts when absent
/// @param client shown to a broker that asks for one
public record Trust(Optional<String> certificates, Optional<ClientCertificate> client) {
  /// Trusts whom the JVM trusts, and shows no certificate.
  public static final Trust OF_JVM = new Trust(Optional.empty(), Optional.empty());

  private static final char[] NO_PASSWORD = new char[0];

  /// Checks the certificates.
  ///
  /// @throws IllegalArgumentException if the certificates are no PEM; says so without quoting them
  public Trust {
    certificates.ifPresent(Pem::certificates);
  }

  SSLContext context() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(keys(), authorities(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the JVM has no usable TLS: " + e.getMessage(), e);
    }
  }

  /// What a socket must insist on: the versions, and that the certificate names the host.
  static SSLParameters parameters() {
    return BrokerTls.OF_JVM.parameters();
  }

  /// Null for those of the JVM.
  private TrustManager @Nullable [] authorities() throws GeneralSecurityException, IOException {
    if (certificates.isEmpty()) {
      return null;
    }
    var store = emptyStore();
    for (var certificate : Pem.certificates(certificates.get())) {
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
    var chain = Pem.certificates(client.get().certificates());
    store.setKeyEntry(
        "client",
        Pem.privateKey(client.get().key()),
        NO_PASSWORD,
        chain.toArray(Certificate[]::new));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, NO_PASSWORD);
    return factory.getKeyManagers();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
