package dev.warren.worker.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.LongString;
import dev.warren.model.TaskHeaders;
import dev.warren.worker.Successor;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// AMQP properties of a successor: those of the original, but persistent, without an expiration,
/// which was meant for the first queue, and without a user id, which the broker accepts from that
/// user only.
///
/// @param properties all but the publish number
record SuccessorProperties(BasicProperties properties) {
  private static final Logger LOG = LoggerFactory.getLogger(SuccessorProperties.class);
  private static final int PERSISTENT = 2;

  /// Characters that are 255 bytes at most, as long as a short string of AMQP may be.
  private static final int SAFE_LENGTH = 255 / 3;

  /// Of a header of Warren's, in characters: that of an error's message.
  private static final int LONGEST_TEXT = TaskHeaders.ERROR_MESSAGE_LIMIT;

  /// Header that tells returned messages apart: the publish number on the channel.
  private static final String PUBLISH_NUMBER = "warren-publish-number";

  /// Written here, and so known to be small; unless a producer has, and nothing was written over
  /// it.
  private static final Set<String> OWN_HEADERS =
      Set.of(
          TaskHeaders.ATTEMPT,
          TaskHeaders.REDELIVERIES,
          TaskHeaders.FIRST_SEEN,
          TaskHeaders.ORIGIN_EXCHANGE,
          TaskHeaders.ORIGIN_ROUTING_KEY,
          TaskHeaders.ERROR_CLASS,
          TaskHeaders.ERROR_MESSAGE,
          TaskHeaders.ERROR_TIME,
          TaskHeaders.ERROR_WORKER,
          TaskHeaders.TRACEPARENT,
          TaskHeaders.TRACESTATE,
          TaskHeaders.SENT_AT);

  /// Properties that fit into one frame, as AMQP demands. If the producer's leave no room for
  /// Warren's or cannot be written as they were read, its headers are left out and its texts cut:
  /// the task goes on without them rather than not at all.
  ///
  /// @param frameMax largest frame of the connection, 0 for no limit
  static SuccessorProperties of(
      BasicProperties original, Successor successor, int bodySize, int frameMax) {
    var properties = of(original, successor.headers());
    if (fits(properties, bodySize, frameMax)) {
      return properties;
    }
    LOG.atWarn()
        .addKeyValue("task_id", original.getMessageId())
        .log("Headers cannot be published again; only Warren's are kept");
    return of(shortened(original), ownHeaders(successor.headers()));
  }

  /// The publish number of a message made here.
  static Optional<Long> publishNumber(BasicProperties properties) {
    return Optional.ofNullable(properties.getHeaders())
        .map(headers -> headers.get(PUBLISH_NUMBER))
        .map(Number.class::cast)
        .map(Number::longValue);
  }

  BasicProperties numbered(long number) {
    var headers = new HashMap<String, @Nullable Object>(properties.getHeaders());
    headers.put(PUBLISH_NUMBER, number);
    return properties.builder().headers(headers).build();
  }

  private static SuccessorProperties of(
      BasicProperties original, Map<String, @Nullable Object> headers) {
    return new SuccessorProperties(
        original
            .builder()
            .headers(headers)
            .deliveryMode(PERSISTENT)
            .expiration(null)
            .userId(null)
            .build());
  }

  /// What was no UTF-8 when it came is longer now than AMQP allows.
  private static BasicProperties shortened(BasicProperties original) {
    return original
        .builder()
        .messageId(shortened(original.getMessageId()))
        .type(shortened(original.getType()))
        .appId(shortened(original.getAppId()))
        .replyTo(shortened(original.getReplyTo()))
        .clusterId(shortened(original.getClusterId()))
        .contentType(shortened(original.getContentType()))
        .correlationId(shortened(original.getCorrelationId()))
        .contentEncoding(shortened(original.getContentEncoding()))
        .build();
  }

  private static @Nullable String shortened(@Nullable String text) {
    return text == null || text.length() <= SAFE_LENGTH ? text : text.substring(0, SAFE_LENGTH);
  }

  /// Encodes for a trial: when publishing itself fails half-way, the client has counted a publish
  /// number that the broker has not, and every later confirm would be another message's.
  private static boolean fits(SuccessorProperties candidate, int bodySize, int frameMax) {
    try {
      var frame = candidate.numbered(Long.MAX_VALUE).toFrame(0, bodySize);
      return frameMax == 0 || frame.size() <= frameMax;
    } catch (IOException | IllegalArgumentException | StackOverflowError _) {
      return false;
    }
  }

  private static Map<String, @Nullable Object> ownHeaders(Map<String, @Nullable Object> headers) {
    var own = new HashMap<String, @Nullable Object>(headers);
    own.keySet().retainAll(OWN_HEADERS);
    own.values().removeIf(value -> !isSmall(value));
    return own;
  }

  private static boolean isSmall(@Nullable Object value) {
    return switch (value) {
      case LongString text -> text.length() <= LONGEST_TEXT;
      case String text -> text.length() <= LONGEST_TEXT;
      case null, default -> value instanceof Number;
    };
  }
}
