package dev.warren.operator.metricsapi;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Lets a client show any certificate, or none, in the handshake, which proves only that it has the
/// key. Who signed it is asked for each request ([FrontProxy]): so the refusal comes in words, and
/// another authority needs no other server.
final class AnyClient extends X509ExtendedTrustManager {
  private static final X509Certificate[] NO_HINT = new X509Certificate[0];

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type) throws CertificateException {
    throw noClient();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
      throws CertificateException {
    throw noClient();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
      throws CertificateException {
    throw noClient();
  }

  /// A client that sees no hint shows what it has.
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return NO_HINT;
  }

  private static CertificateException noClient() {
    return new CertificateException("trusts no server");
  }
}
