package dev.warren.benchmarks.simulation;

import java.util.List;

/// What a run came to.
///
/// @param tasks that came
/// @param done tasks that were finished in the end
/// @param within share of the tasks that started in time
/// @param p99 of the waits, in seconds
/// @param replicaSeconds of all pods, from when they are made until they are gone
/// @param steps how often the size changed
/// @param busyStopped pods that were told to stop while a task of theirs had more to go than the
///   grace period that Kubernetes gives by itself
/// @param holding pods that were told to stop while they held any task
/// @param interrupted tasks that had to be run again, because their pod's time was over
/// @param points what the picture shows
record Outcome(
    int tasks,
    int done,
    double within,
    double p99,
    double replicaSeconds,
    int steps,
    int busyStopped,
    int holding,
    int interrupted,
    List<Point> points) {

  /// @param waiting tasks in the queue
  /// @param pods that exist
  record Point(double time, double waiting, double pods) {}
}
