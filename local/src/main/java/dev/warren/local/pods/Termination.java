package dev.warren.local.pods;

import java.time.Instant;

/// How a run ended.
///
/// @param message from the termination log or, if asked for, the last lines of output; may be empty
record Termination(int exitCode, String message, Instant startedAt, Instant finishedAt) {
  String reason() {
    return exitCode == 0 ? "Completed" : "Error";
  }
}
