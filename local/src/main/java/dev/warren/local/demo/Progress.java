package dev.warren.local.demo;

import java.util.OptionalLong;

/// How far the tasks are.
///
/// @param tasks to be published in all
/// @param published so far
/// @param done that ended well, as far as can be seen
/// @param retried attempts that failed and were put off
/// @param queues what the queues hold
/// @param workers what pods there are
record Progress(long tasks, long published, long done, long retried, Queues queues, Fleet workers) {

  /// What the queues hold; empty if unknown.
  ///
  /// @param waiting tasks that wait
  /// @param running tasks that workers hold
  /// @param deadLettered tasks in the dead-letter queues
  record Queues(OptionalLong waiting, OptionalLong running, OptionalLong deadLettered) {
    boolean empty() {
      return waiting.orElse(1) == 0 && running.orElse(1) == 0;
    }
  }

  /// The pods.
  ///
  /// @param wanted by the operator
  /// @param ready that consume
  /// @param least as few as there may be
  record Fleet(int wanted, int ready, int least) {
    boolean atRest() {
      return wanted == least && ready == least;
    }
  }

  /// Tasks that are done or dead-lettered.
  long settled() {
    return done + queues.deadLettered().orElse(0);
  }

  /// Whether nothing is going on, as far as can be seen; a retry may yet be on its way.
  boolean quiet() {
    return queues.empty() && workers.atRest();
  }
}
