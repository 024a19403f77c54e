package dev.warren.worker;

import dev.warren.worker.flow.Adaptation;
import java.util.Map;

/// What an engine does at a moment.
///
/// @param permits tasks that may run at once
/// @param running tasks that run
/// @param waiting deliveries that have not started
/// @param window deliveries that may be outstanding
/// @param hung handlers that go on after deadline and interrupt
/// @param breaker 0 closed or none, 1 probing, 2 open
/// @param limiterWaits how often a task had to wait for the rate limit
/// @param adaptations how often concurrency was adapted, by all reasons there are
/// @param pause why nothing is fetched, by plan; empty while something is
public record EngineState(
    int permits,
    int running,
    int waiting,
    int window,
    int hung,
    int breaker,
    long limiterWaits,
    Map<Adaptation, Long> adaptations,
    String pause) {}
