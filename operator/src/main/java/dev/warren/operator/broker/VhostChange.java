package dev.warren.operator.broker;

/// Something differs from the reading before.
///
/// @param broker the TaskBroker's name
/// @param affected which queues it may concern
public record VhostChange(String broker, String vhost, Affected affected) {}
