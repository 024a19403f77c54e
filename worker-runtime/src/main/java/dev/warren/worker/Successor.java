package dev.warren.worker;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The message that takes a delivery's place: the same task on its way to a delay queue or a
/// dead-letter queue. Body and the other properties are those of the delivery.
///
/// @param exchange where to publish
/// @param routingKey with which key
/// @param headers all headers of the new message
public record Successor(String exchange, String routingKey, Map<String, @Nullable Object> headers) {
  public Successor {
    headers = Collections.unmodifiableMap(new HashMap<>(headers));
  }
}
