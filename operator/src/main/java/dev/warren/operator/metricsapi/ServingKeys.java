package dev.warren.operator.metricsapi;

import dev.warren.model.Pem;
import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/// Hands a certificate and its key to connections, and another from some time on. A connection that
/// began with the former one ends with it. May be used by any thread.
final class ServingKeys extends X509ExtendedKeyManager {
  private record Entry(String alias, PrivateKey key, List<X509Certificate> chain) {}

  /// Written by whoever replaces it, read by each connection.
  private volatile Entry current;

  /// The one before; the same while there is none.
  private volatile Entry former;

  ServingKeys(ServingCertificate certificate) {
    current = entry(certificate, "0");
    former = current;
  }

  synchronized void replace(ServingCertificate certificate) {
    var next = entry(certificate, String.valueOf(Integer.parseInt(current.alias) + 1));
    former = current;
    current = next;
  }

  @Override
  public @Nullable String chooseEngineServerAlias(
      String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
    var entry = current;
    return entry.key.getAlgorithm().equals(keyType) ? entry.alias : null;
  }

  @Override
  public X509Certificate @Nullable [] getCertificateChain(String alias) {
    var entry = find(alias);
    return entry == null ? null : entry.chain.toArray(X509Certificate[]::new);
  }

  @Override
  public @Nullable PrivateKey getPrivateKey(String alias) {
    var entry = find(alias);
    return entry == null ? null : entry.key;
  }

  @Override
  public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
    return new String[] {current.alias};
  }

  @Override
  public @Nullable String chooseServerAlias(
      String keyType, Principal @Nullable [] issuers, Socket socket) {
    var entry = current;
    return entry.key.getAlgorithm().equals(keyType) ? entry.alias : null;
  }

  @Override
  public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
    return null;
  }

  @Override
  public @Nullable String chooseClientAlias(
      String[] keyType, Principal @Nullable [] issuers, Socket socket) {
    return null;
  }

  private @Nullable Entry find(String alias) {
    var now = current;
    var before = former;
    if (now.alias.equals(alias)) {
      return now;
    }
    return before.alias.equals(alias) ? before : null;
  }

  private static Entry entry(ServingCertificate certificate, String alias) {
    return new Entry(
        alias,
        Pem.privateKey(certificate.key()),
        Pem.certificates(certificate.chain()).stream().map(X509Certificate.class::cast).toList());
  }
}
