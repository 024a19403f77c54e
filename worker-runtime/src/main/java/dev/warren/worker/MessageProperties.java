package dev.warren.worker;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the engine reads of a message beside its body. Any producer may have written any of it, so
/// nothing here is to be relied on.
///
/// @param exchange exchange of the last publishing
/// @param routingKey routing key of the last publishing
/// @param messageId AMQP property, null when absent; so are the next four
/// @param headers the message's headers as the broker's client decoded them; may hold nulls
public record MessageProperties(
    String exchange,
    String routingKey,
    @Nullable String messageId,
    @Nullable String type,
    @Nullable String contentType,
    @Nullable Integer priority,
    @Nullable Instant timestamp,
    Map<String, @Nullable Object> headers) {
  public MessageProperties {
    headers = Collections.unmodifiableMap(new HashMap<>(headers));
  }
}
