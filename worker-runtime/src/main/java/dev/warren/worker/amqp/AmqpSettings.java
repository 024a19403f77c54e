package dev.warren.worker.amqp;

/// What to consume.
///
/// @param queue name of the task queue
/// @param prefetch deliveries that the broker may have outstanding here
/// @param pod name of this pod: its connections are named after it
public record AmqpSettings(String queue, int prefetch, String pod) {}
