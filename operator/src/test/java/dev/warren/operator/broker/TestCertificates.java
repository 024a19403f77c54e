package dev.warren.operator.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A self-signed certificate and its key, made by the JDK's `keytool`.
public final class TestCertificates {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final String ALIAS = "test";

  /// Of PKCS#8, before an RSA key of 2048 bits in PKCS#1.
  private static final int HEADER_BYTES = 26;

  private final KeyStore store;

  /// Makes both.
  ///
  /// @param directory where a file may be left
  /// @param subject what the certificate names: `ip:127.0.0.1`, `dns:rabbit.example`
  /// @param algorithm of the key: `RSA` or `EC`
  public TestCertificates(Path directory, String subject, String algorithm) {
    try {
      var file = Files.createTempDirectory(directory, "certificates").resolve("store.p12");
      keytool(file, subject, algorithm);
      store = KeyStore.getInstance(file.toFile(), PASSWORD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The certificate, in PEM.
  public String certificate() {
    try {
      return pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The key as PKCS#8, in PEM.
  public String key() {
    return pem("PRIVATE KEY", pkcs8());
  }

  /// The key as PKCS#1, in PEM, if it is one of RSA.
  public String pkcs1Key() {
    var pkcs8 = pkcs8();
    return pem("RSA PRIVATE KEY", Arrays.copyOfRange(pkcs8, HEADER_BYTES, pkcs8.length));
  }

  /// Of a server that shows the certificate and trusts nobody but it.
  SSLContext server() {
    try {
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, PASSWORD);
      var context = SSLContext.getInstance("TLS");
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
      trust.init(trusted);
      context.init(factory.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] pkcs8() {
    try {
      return store.getKey(ALIAS, PASSWORD).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String pem(String label, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(bytes), label);
  }

  private static void keytool(Path file, String subject, String algorithm) throws IOException {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                ALIAS,
                "-keyalg",
                algorithm,
                "-keysize",
                algorithm.equals("RSA") ? "2048" : "256",
                "-dname",
                "CN=warren-test",
                "-ext",
                "san=" + subject,
                "-keystore",
                file.toString(),
                "-storepass",
                String.valueOf(PASSWORD))
            .inheritIO()
            .start();
    try {
      if (process.waitFor() != 0) {
        throw new IllegalStateException("keytool failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
