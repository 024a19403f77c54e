package dev.warren.operator.broker;

import dev.warren.model.BrokerTls;
import dev.warren.model.ClientCertificate;
import dev.warren.model.Pem;
import java.util.Optional;

/// Whom TLS connections to a broker trust, and how they show who they are. Two are equal if made of
/// the same text.
///
/// @param certificates of the authorities to trust, in PEM; those that the JVM trusts when absent
/// @param client shown by the operator to a broker that asks for one
/// @param tenants shown by producers and workers
public record Trust(
    Optional<String> certificates,
    Optional<ClientCertificate> client,
    Optional<ClientCertificate> tenants) {
  /// Trusts whom the JVM trusts, and shows no certificate.
  public static final Trust OF_JVM =
      new Trust(Optional.empty(), Optional.empty(), Optional.empty());

  /// Checks the certificates.
  ///
  /// @throws IllegalArgumentException if the certificates are no PEM; says so without quoting them
  public Trust {
    certificates.ifPresent(Pem::certificates);
  }

  BrokerTls ofOperator() {
    return new BrokerTls(certificates, client);
  }

  BrokerTls ofTenants() {
    return new BrokerTls(certificates, tenants);
  }
}
