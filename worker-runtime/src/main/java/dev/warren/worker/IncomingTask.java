package dev.warren.worker;

import dev.warren.model.TaskHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A task as a delivery carries it. Reading it never fails: what is missing or senseless takes its
/// default.
///
/// @param task with the body as payload
/// @param contentType of the body
/// @param attempt number of the attempt that this delivery is for, at least 1
/// @param firstSeen when a worker first saw the task
/// @param exchange exchange that the task was first published to
/// @param published when the task was published, if it says so
/// @param waited time since then, if no worker saw the task before
/// @param sent when this message was, as far as it tells: by a worker, or else by the producer
record IncomingTask(
    Task<byte[]> task,
    String contentType,
    int attempt,
    Instant firstSeen,
    String exchange,
    Optional<Instant> published,
    Optional<Duration> waited,
    Optional<Instant> sent) {
  private static final String DEFAULT_CONTENT_TYPE = "application/json";

  /// The longest name of an exchange and the longest routing key in AMQP, in bytes.
  private static final int LONGEST_NAME = 255;

  /// The task that this message means.
  static IncomingTask read(MessageProperties properties, byte[] body, Instant now) {
    var headers = properties.headers();
    var firstSeen = HeaderValues.instant(headers, TaskHeaders.FIRST_SEEN);
    var published = published(properties, now);
    var byProducer = firstSeen.isPresent() ? Optional.<Instant>empty() : published;
    return new IncomingTask(
        task(properties, body),
        orElse(properties.contentType(), DEFAULT_CONTENT_TYPE),
        attempt(properties),
        firstSeen.map(seen -> clamp(seen, now)).orElse(now),
        name(headers, TaskHeaders.ORIGIN_EXCHANGE).orElse(properties.exchange()),
        published,
        byProducer.map(time -> Duration.between(time, now)),
        instant(headers, TaskHeaders.SENT_AT, now).or(() -> byProducer));
  }

  private static Task<byte[]> task(MessageProperties properties, byte[] body) {
    var headers = properties.headers();
    var routingKey = name(headers, TaskHeaders.ORIGIN_ROUTING_KEY).orElse(properties.routingKey());
    return new Task<>(
        present(properties.messageId()).or(() -> BodyTaskId.find(body)),
        orElse(properties.type(), routingKey),
        routingKey,
        properties.priority() == null ? 0 : properties.priority(),
        HeaderValues.plain(headers),
        body);
  }

  private static Optional<String> name(Map<String, @Nullable Object> headers, String header) {
    return HeaderValues.text(headers, header).filter(name -> name.length() <= LONGEST_NAME);
  }

  private static int attempt(MessageProperties properties) {
    var attempt = HeaderValues.number(properties.headers(), TaskHeaders.ATTEMPT).orElse(1L);
    return Math.clamp(attempt, 1, Integer.MAX_VALUE - 1);
  }

  private static Optional<Instant> published(MessageProperties properties, Instant now) {
    return instant(properties.headers(), TaskHeaders.ENQUEUED_AT, now)
        .or(() -> Optional.ofNullable(properties.timestamp()).map(time -> clamp(time, now)));
  }

  private static Optional<Instant> instant(
      Map<String, @Nullable Object> headers, String name, Instant now) {
    return HeaderValues.instant(headers, name).map(time -> clamp(time, now));
  }

  /// A time from another clock, or from nowhere, as one between the epoch and now.
  private static Instant clamp(Instant time, Instant now) {
    if (time.isBefore(Instant.EPOCH)) {
      return Instant.EPOCH;
    }
    return time.isAfter(now) ? now : time;
  }

  private static String orElse(@Nullable String text, String otherwise) {
    return present(text).orElse(otherwise);
  }

  private static Optional<String> present(@Nullable String text) {
    return Optional.ofNullable(text).filter(value -> !value.isEmpty());
  }
}
