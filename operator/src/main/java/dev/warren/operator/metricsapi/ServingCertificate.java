package dev.warren.operator.metricsapi;

import dev.warren.model.Pem;

/// What the server shows to prove who it is. Two are equal if made of the same text.
///
/// @param chain its certificate and those in between, in PEM
/// @param key its private key, in PEM
/// @param authorities who signed it: what the API server should trust, in PEM
record ServingCertificate(String chain, String key, String authorities) {
  /// @throws IllegalArgumentException if any of it is no PEM; does not quote what was read
  ServingCertificate {
    Pem.certificates(chain);
    Pem.privateKey(key);
    Pem.certificates(authorities);
  }

  /// Leaves the key out.
  @Override
  public String toString() {
    return "ServingCertificate[%s]".formatted(Pem.certificates(chain).size());
  }
}
