package dev.warren.local.demo;

import java.util.OptionalLong;

/// How far the tasks are.
///
/// @param tasks to be published in all
/// @param published so far
/// @param waiting in the queue; empty if unknown
/// @param running held by workers; empty if unknown
/// @param done whose results are there
/// @param retried attempts that failed and were put off
/// @param deadLettered in the dead-letter queue; empty if unknown
/// @param workersWanted pods that the operator wants
/// @param workersReady pods that consume
record Progress(
    int tasks,
    int published,
    OptionalLong waiting,
    OptionalLong running,
    int done,
    long retried,
    OptionalLong deadLettered,
    int workersWanted,
    int workersReady) {

  /// Whether nothing is left to do, as far as can be seen.
  boolean finished(boolean allPublished) {
    return allPublished
        && done + deadLettered.orElse(0) >= published
        && workersWanted == 0
        && workersReady == 0;
  }
}
