package dev.warren.operator.broker;

/// A durable exchange.
///
/// @param type as RabbitMQ names it: `topic`, `direct`, `fanout`, …
public record Exchange(String name, String type) {}
