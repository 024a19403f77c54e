package dev.warren.operator.scaling;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/// What a decision is made from.
///
/// @param waiting tasks in the queue that no pod holds; empty if unknown, which is not zero
/// @param running tasks that pods hold; empty if unknown
/// @param current how many pods are wanted so far
/// @param lowerSince since when fewer would have been enough, as the last decision said
public record Situation(
    OptionalLong waiting, OptionalLong running, int current, Optional<Instant> lowerSince) {}
