package dev.warren.operator.broker;

/// A binding of a queue to an exchange, without arguments.
public record Binding(String exchange, String queue, String routingKey) {}
