package dev.warren.worker;

import java.time.Instant;
import java.util.Optional;

/// What a trace is told when an attempt starts.
///
/// @param task of it, all but the payload's content
/// @param exchange that the task was first published to
/// @param attempt number of the attempt
/// @param sent since when the message has been on its way here, if it says so
public record TracedAttempt(
    Task<byte[]> task, String exchange, int attempt, Optional<Instant> sent) {}
