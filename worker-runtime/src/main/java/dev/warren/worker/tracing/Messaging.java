package dev.warren.worker.tracing;

import io.opentelemetry.api.common.AttributeKey;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Names of attributes after OpenTelemetry's conventions for messages and for RabbitMQ, and
/// Warren's own.
final class Messaging {
  static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
  static final AttributeKey<String> OPERATION_NAME =
      AttributeKey.stringKey("messaging.operation.name");
  static final AttributeKey<String> OPERATION_TYPE =
      AttributeKey.stringKey("messaging.operation.type");
  static final AttributeKey<String> DESTINATION =
      AttributeKey.stringKey("messaging.destination.name");
  static final AttributeKey<String> ROUTING_KEY =
      AttributeKey.stringKey("messaging.rabbitmq.destination.routing_key");
  static final AttributeKey<String> MESSAGE_ID = AttributeKey.stringKey("messaging.message.id");
  static final AttributeKey<Long> BODY_SIZE = AttributeKey.longKey("messaging.message.body.size");
  static final AttributeKey<Long> BATCH_SIZE =
      AttributeKey.longKey("messaging.batch.message_count");
  static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");
  static final AttributeKey<String> QUEUE = AttributeKey.stringKey("warren.queue");
  static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("warren.attempt");
  static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("warren.outcome");

  static final String RABBITMQ = "rabbitmq";
  static final String PROCESS = "process";
  static final String SEND = "send";

  private Messaging() {}

  /// A destination as the conventions write it: exchange, routing key and queue, as far as there
  /// are any, and a queue that is its own routing key only once.
  static String destination(String... parts) {
    return Stream.of(parts)
        .filter(part -> !part.isEmpty())
        .distinct()
        .collect(Collectors.joining(":"));
  }
}
