package dev.warren.worker;

import dev.warren.model.TaskHeaders;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Headers of a task that is published again: the producer's, less what brokers act on, plus
/// Warren's. Pure.
final class SuccessorHeaders {
  /// Brokers write these while a message travels. With `x-death` they see a cycle in a second retry
  /// and silently drop the message; `CC` and `BCC` would copy it to other queues.
  private static final Set<String> OF_BROKERS =
      Set.of("x-death", "x-delivery-count", "x-acquired-count", "CC", "BCC");

  private static final Set<String> PREFIXES_OF_BROKERS =
      Set.of("x-first-death-", "x-last-death-", "x-opt-");

  private SuccessorHeaders() {}

  /// Headers for the next attempt of this number. How often the task came back from workers that
  /// died is not among them: this one survived it.
  static Map<String, @Nullable Object> of(
      MessageProperties properties, IncomingTask task, int attempt) {
    var headers = new HashMap<String, @Nullable Object>(properties.headers());
    headers.keySet().removeIf(SuccessorHeaders::belongsToBroker);
    headers.remove(TaskHeaders.REDELIVERIES);
    headers.remove(TaskHeaders.RUN_ALONE);
    headers.put(TaskHeaders.ATTEMPT, attempt);
    headers.put(TaskHeaders.FIRST_SEEN, task.firstSeen().toEpochMilli());
    headers.put(TaskHeaders.ORIGIN_EXCHANGE, task.exchange());
    headers.put(TaskHeaders.ORIGIN_ROUTING_KEY, task.task().routingKey());
    return headers;
  }

  /// Adds what is known of a failed attempt.
  static Map<String, @Nullable Object> withFailure(
      Map<String, @Nullable Object> headers, Failure failure, Instant time, String worker) {
    headers.put(TaskHeaders.ERROR_CLASS, failure.errorClass());
    headers.put(TaskHeaders.ERROR_MESSAGE, failure.message());
    headers.put(TaskHeaders.ERROR_TIME, time.toEpochMilli());
    headers.put(TaskHeaders.ERROR_WORKER, worker);
    return headers;
  }

  private static boolean belongsToBroker(String name) {
    return OF_BROKERS.contains(name) || PREFIXES_OF_BROKERS.stream().anyMatch(name::startsWith);
  }
}
