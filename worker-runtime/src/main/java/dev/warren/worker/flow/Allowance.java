package dev.warren.worker.flow;

import java.time.Duration;

/// What a pod may do until the next look.
///
/// @param window deliveries that may be outstanding
/// @param waiting deliveries that may wait here to start; more are to go back to the queue
/// @param next time until the next look is due
/// @param pause why nothing is fetched, by plan; empty while something is
public record Allowance(int window, int waiting, Duration next, String pause) {}
