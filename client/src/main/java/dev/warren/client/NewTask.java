package dev.warren.client;

import dev.warren.model.TaskHeaders;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// A task to be published. Publishing the same object again keeps the id, so that a worker with
/// deduplication does it once.
///
/// @param id the task's id, by which logs, errors and deduplication know it; a UUID of version 7
///   unless chosen
/// @param type kind of the task; the broker's consumers take the routing key for it when empty
/// @param routingKey where to, if not by the publisher's own routing key
/// @param priority 0 to 255, higher first; 0 to 9 by custom
/// @param contentType media type of the body, `application/json` unless chosen
/// @param headers further headers, of types that AMQP knows; a name must not begin with {@value
///   dev.warren.model.TaskHeaders#PREFIX}
/// @param body what the handler gets; neither copied nor looked into, so leave it alone until the
///   task is confirmed
@SuppressWarnings("ArrayRecordComponent") // A copy of each body costs more than equality is worth.
public record NewTask(
    String id,
    Optional<String> type,
    Optional<String> routingKey,
    int priority,
    String contentType,
    Map<String, Object> headers,
    byte[] body) {
  private static final int MAX_PRIORITY = 255;

  public NewTask {
    headers = Map.copyOf(headers);
    require(!id.isBlank(), "id is blank; leave it out to get a new one");
    require(
        priority >= 0 && priority <= MAX_PRIORITY,
        "priority is %d; use 0 to %d".formatted(priority, MAX_PRIORITY));
    headers
        .keySet()
        .forEach(
            name ->
                require(
                    !name.startsWith(TaskHeaders.PREFIX),
                    "header '%s' begins with %s; choose another name"
                        .formatted(name, TaskHeaders.PREFIX)));
  }

  /// A task with a new id, priority 0 and this body.
  public static NewTask of(byte[] body) {
    return new NewTask(
        UuidV7.create().toString(),
        Optional.empty(),
        Optional.empty(),
        0,
        "application/json",
        Map.of(),
        body);
  }

  /// A task with a new id, priority 0 and this body in UTF-8.
  public static NewTask of(String body) {
    return of(body.getBytes(StandardCharsets.UTF_8));
  }

  public NewTask withId(String id) {
    return new NewTask(id, type, routingKey, priority, contentType, headers, body);
  }

  public NewTask withType(String type) {
    return new NewTask(id, Optional.of(type), routingKey, priority, contentType, headers, body);
  }

  public NewTask withRoutingKey(String routingKey) {
    return new NewTask(id, type, Optional.of(routingKey), priority, contentType, headers, body);
  }

  public NewTask withPriority(int priority) {
    return new NewTask(id, type, routingKey, priority, contentType, headers, body);
  }

  public NewTask withContentType(String contentType) {
    return new NewTask(id, type, routingKey, priority, contentType, headers, body);
  }

  /// This task with one header more, or with another value for it.
  public NewTask withHeader(String name, Object value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new NewTask(id, type, routingKey, priority, contentType, more, body);
  }

  /// Leaves the body out: it may be large, or secret.
  @Override
  public String toString() {
    return "NewTask[%s, priority %d, %d bytes of %s]"
        .formatted(id, priority, body.length, contentType);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException("task: " + problem);
    }
  }
}
