package dev.warren.benchmarks.simulation;

import java.util.OptionalLong;

/// What can be seen at a time.
///
/// @param now in seconds
/// @param readAt when the figures were true
/// @param ready tasks in the queue; empty if the reading failed
/// @param held tasks in pods; empty if the reading failed
/// @param wanted pods wanted so far
/// @param podsReady pods that fetch
/// @param podsStarting pods that do not yet
/// @param podsBusy pods that run tasks
/// @param startUp how long the last pod took to start; not a number before there was one
record View(
    double now,
    double readAt,
    OptionalLong ready,
    OptionalLong held,
    int wanted,
    int podsReady,
    int podsStarting,
    int podsBusy,
    double startUp) {}
