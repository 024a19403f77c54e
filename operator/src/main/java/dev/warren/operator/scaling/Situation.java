package dev.warren.operator.scaling;

import java.time.Instant;

/// What a decision is made from, beside what is remembered.
public record Situation(Figures figures, PodCounts pods, Instant now) {}
