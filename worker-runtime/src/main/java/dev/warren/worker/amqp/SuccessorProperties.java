package dev.warren.worker.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
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

  /// Header that tells returned messages apart: the publish number on the channel.
  private static final String PUBLISH_NUMBER = "warren-publish-number";

  /// Written here, and so known to be small.
  private static final Set<String> OWN_HEADERS =
      Set.of(
          TaskHeaders.ATTEMPT,
          TaskHeaders.FIRST_SEEN,
          TaskHeaders.ORIGIN_EXCHANGE,
          TaskHeaders.ORIGIN_ROUTING_KEY,
          TaskHeaders.ERROR_CLASS,
          TaskHeaders.ERROR_MESSAGE,
          TaskHeaders.ERROR_TIME,
          TaskHeaders.ERROR_WORKER);

  /// Properties that fit into one frame, as AMQP demands. If the producer's headers leave no room
  /// for Warren's, they are left out: the task goes on without them rather than not at all.
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
        .log("Headers are too large to be published again; only Warren's are kept");
    return of(original, ownHeaders(successor.headers()));
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
    return own;
  }
}
