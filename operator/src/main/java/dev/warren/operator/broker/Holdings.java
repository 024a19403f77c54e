package dev.warren.operator.broker;

import java.util.Map;
import java.util.OptionalLong;

/// How many deliveries each pod of a vhost holds, as the broker's statistics say: some seconds
/// late.
///
/// @param byPod by the name that a worker's consumers have
/// @param byAddress by where a connection comes from, for consumers that have other names
public record Holdings(Map<String, Long> byPod, Map<String, Long> byAddress) {
  public Holdings {
    byPod = Map.copyOf(byPod);
    byAddress = Map.copyOf(byAddress);
  }

  /// What a pod holds; empty if no consumer is known to be its own.
  public OptionalLong of(String pod, String address) {
    var held = byPod.getOrDefault(pod, byAddress.get(address));
    return held == null ? OptionalLong.empty() : OptionalLong.of(held);
  }
}
