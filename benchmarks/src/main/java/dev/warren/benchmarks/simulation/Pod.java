package dev.warren.benchmarks.simulation;

import java.util.HashSet;
import java.util.Set;

/// A pod. For one thread.
final class Pod {
  final int number;
  final double created;
  final double readyAt;
  boolean ready;
  boolean stopping;

  /// Numbers of the tasks that it runs.
  final Set<Integer> running = new HashSet<>();

  Pod(int number, double created, double readyAt) {
    this.number = number;
    this.created = created;
    this.readyAt = readyAt;
  }

  boolean fetches() {
    return ready && !stopping;
  }
}
