package dev.warren.operator.broker;

import java.util.Set;

/// What a broker can do.
///
/// @param exchangeTypes as it names them; a plugin brings `x-consistent-hash`
public record BrokerFeatures(BrokerVersion version, Set<String> exchangeTypes) {
  public BrokerFeatures {
    exchangeTypes = Set.copyOf(exchangeTypes);
  }
}
