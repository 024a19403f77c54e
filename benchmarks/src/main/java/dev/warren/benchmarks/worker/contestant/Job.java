package dev.warren.benchmarks.worker.contestant;

import java.nio.ByteBuffer;

/// Does tasks and counts them, in the same way for every contestant on the JVM. Safe for use by
/// many threads.
record Job(Work work, Tally tally) {
  /// That of this process.
  static Job of(Assignment assignment) {
    return new Job(assignment.work(), Tally.open(assignment.tally()));
  }

  /// Does a task.
  ///
  /// @param body the number of the task, and padding
  /// @param first whether this is its first attempt
  /// @return whether it is done
  boolean run(byte[] body, boolean first) throws InterruptedException {
    long task = ByteBuffer.wrap(body).getLong();
    var done = work.run(task, first);
    if (done) {
      tally.done(task);
    }
    return done;
  }
}
