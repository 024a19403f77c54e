package dev.warren.worker;

import java.util.Map;
import java.util.Optional;

/// One unit of work as its producer published it.
///
/// @param <T> the payload's type
/// @param id the producer's id of the task: the message's `message_id`, else the `task_id` of a
///   JSON body; the same on every attempt
/// @param type the task's type: the message's `type`, else the routing key
/// @param routingKey the key that the task was first published with, on every attempt
/// @param priority the message's priority, 0 when it has none
/// @param headers the message's headers: text, numbers, booleans, `byte[]`, {@link
///   java.time.Instant}, and lists and maps of these
/// @param payload what to work on
public record Task<T>(
    Optional<String> id,
    String type,
    String routingKey,
    int priority,
    Map<String, Object> headers,
    T payload) {
  public Task {
    headers = Map.copyOf(headers);
  }
}
