package dev.warren.operator.tls;

import dev.warren.model.Pem;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// Authorities by which certificates are trusted. Two are equal if made of the same text.
///
/// @param pem their certificates
/// @param trust made of them
public record CertificateAuthorities(String pem, X509TrustManager trust) {
  /// Reads certificates in PEM.
  ///
  /// @throws IllegalArgumentException if there is none; does not quote what was read
  public static CertificateAuthorities parse(String pem) {
    try {
      var store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      for (var certificate : Pem.certificates(pem)) {
        store.setCertificateEntry("authority-" + store.size(), certificate);
      }
      var factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(store);
      return new CertificateAuthorities(
          pem,
          Arrays.stream(factory.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .map(X509TrustManager.class::cast)
              .findFirst()
              .orElseThrow());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("every JDK has PKIX", e);
    }
  }

  /// Whether a client that showed this chain, its own certificate first, is to be trusted: signed
  /// by one of the authorities, valid now, and made for clients.
  ///
  /// @throws CertificateException if not
  public void checkClient(List<X509Certificate> chain) throws CertificateException {
    var first = chain.getFirst();
    trust.checkClientTrusted(
        chain.toArray(X509Certificate[]::new), first.getPublicKey().getAlgorithm());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CertificateAuthorities it && pem.equals(it.pem);
  }

  @Override
  public int hashCode() {
    return pem.hashCode();
  }
}
