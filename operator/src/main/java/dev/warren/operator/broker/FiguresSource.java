package dev.warren.operator.broker;

import java.util.Optional;

/// What tells how many messages a broker's queues hold.
///
/// @param plugin whether it is the Prometheus plugin; else it is the management API
/// @param trouble why it is not the plugin though it should be, with the remedy
public record FiguresSource(boolean plugin, Optional<String> trouble) {}
