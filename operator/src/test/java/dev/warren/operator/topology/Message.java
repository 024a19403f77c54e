package dev.warren.operator.topology;

import java.util.Map;

/// What a producer publishes, as far as a broker routes by it.
///
/// @param id the property that consistent-hash exchanges hash
record Message(String id, String routingKey, Map<String, Object> headers) {
  Message {
    headers = Map.copyOf(headers);
  }

  /// One without headers.
  Message(String id, String routingKey) {
    this(id, routingKey, Map.of());
  }
}
