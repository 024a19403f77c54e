package dev.warren.operator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// How many pods are wanted.
///
/// @param reason in plain words, for the status
/// @param lowerSince since when fewer would be enough; to be given to the next decision
/// @param again when to decide again even if nothing changes
public record Decision(
    int wanted, String reason, Optional<Instant> lowerSince, Optional<Duration> again) {}
