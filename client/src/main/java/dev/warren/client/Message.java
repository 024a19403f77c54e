package dev.warren.client;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.impl.ContentHeaderPropertyWriter;
import com.rabbitmq.client.impl.ValueWriter;
import dev.warren.model.BrokerBinding;
import dev.warren.model.TaskHeaders;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;

/// A task as it goes over the wire.
@SuppressWarnings("ArrayRecordComponent") // The task's own body, as unshared as its owner keeps it.
record Message(
    String id, String exchange, String routingKey, AMQP.BasicProperties properties, byte[] body) {
  /// What fits in one frame of 128 KiB, which brokers agree to unless told otherwise.
  private static final int MAX_PROPERTY_BYTES = 128 * 1024 - 64;

  private static final int PERSISTENT = 2;

  /// The message of a task that is published now.
  ///
  /// @throws IllegalArgumentException if AMQP cannot express it. Found here and not on the channel,
  ///   which would count a message that it then does not send and misplace every later confirm.
  static Message of(NewTask task, BrokerBinding.Target target, Instant now) {
    var headers = new HashMap<>(task.headers());
    headers.put(TaskHeaders.ENQUEUED_AT, now.toEpochMilli());
    var properties =
        new AMQP.BasicProperties.Builder()
            .messageId(task.id())
            .type(task.type().orElse(null))
            .contentType(task.contentType())
            .deliveryMode(PERSISTENT)
            .priority(task.priority())
            .headers(headers)
            .build();
    var routingKey = task.routingKey().orElse(target.routingKey());
    checkEncoding(task, routingKey, properties);
    return new Message(task.id(), target.exchange(), routingKey, properties, task.body());
  }

  private static void checkEncoding(
      NewTask task, String routingKey, AMQP.BasicProperties properties) {
    try (var out = new DataOutputStream(OutputStream.nullOutputStream())) {
      new ValueWriter(out).writeShortstr(routingKey);
      properties.writePropertiesTo(new ContentHeaderPropertyWriter(out));
      if (out.size() > MAX_PROPERTY_BYTES) {
        throw new IllegalArgumentException(
            "its headers exceed 128 KiB; put what is large into the body");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "task '%s' cannot be sent: %s".formatted(task.id(), e.getMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // A null stream takes everything.
    }
  }
}
