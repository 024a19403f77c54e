package dev.warren.operator.broker;

/// Something in a broker differs from the reading before, or it was read for the first time.
///
/// @param broker the TaskBroker's name
/// @param affected which queues it may concern
public record VhostChange(String broker, Affected affected) {}
