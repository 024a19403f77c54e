package dev.warren.benchmarks.simulation;

/// A load, and the fleet that is to bear it. All times are in seconds.
///
/// @param workload when tasks come, and how long they run
/// @param end when the last decision is made
/// @param longestWait how long a task may wait
/// @param concurrency tasks that a pod runs at once
/// @param most pods
/// @param startUp how long a pod takes until it fetches
/// @param signal what is seen of the queue
/// @param measured whether the load is one of those by which cost is judged: steady, or a day
record Scenario(
    String name,
    Workload workload,
    double end,
    double longestWait,
    int concurrency,
    int most,
    Range startUp,
    Signal signal,
    boolean measured) {

  Scenario with(Workload other) {
    return new Scenario(
        name, other, end, longestWait, concurrency, most, startUp, signal, measured);
  }

  /// Evenly spread between both.
  record Range(double from, double to) {}

  /// How late figures are, which part of readings fails, and in which times all fail, or all say 0.
  record Signal(double late, double missing, Range away, Range zeros) {
    static final Signal GOOD = new Signal(1, 0, new Range(-1, -1), new Range(-1, -1));
  }
}
