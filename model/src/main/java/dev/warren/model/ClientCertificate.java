package dev.warren.model;

/// What a client shows to a broker that asks who it is.
///
/// @param certificates the client's and those that lead to its authority, in PEM
/// @param key the private key, in PEM: PKCS#8, or PKCS#1 of an RSA key
public record ClientCertificate(String certificates, String key) {
  /// Checks both.
  ///
  /// @throws IllegalArgumentException if one is no PEM; says which without quoting it
  public ClientCertificate {
    Pem.certificates(certificates);
    Pem.privateKey(key);
  }

  /// Leaves the key out.
  @Override
  public String toString() {
    return "ClientCertificate[]";
  }
}
