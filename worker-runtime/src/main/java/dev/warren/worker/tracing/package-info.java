/// Traces of tasks by OpenTelemetry's API, after its conventions for messages and RabbitMQ:
///
/// | span | kind | parent |
/// |---|---|---|
/// | `wait <queue>` | internal | what sent the message |
/// | `process <queue>` | consumer | what sent the message; without one the wait |
/// | `send <exchange>` | producer | the attempt, whose successor carries this span on |
/// | `batch <queue>` | consumer | none; linked with its attempts |
@NullMarked
package dev.warren.worker.tracing;

import org.jspecify.annotations.NullMarked;
