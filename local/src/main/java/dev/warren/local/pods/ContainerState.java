package dev.warren.local.pods;

import java.time.Instant;

/// What a pod's container is doing.
sealed interface ContainerState {

  /// No process runs.
  ///
  /// @param reason such as `CrashLoopBackOff`
  record Waiting(String reason, String message) implements ContainerState {}

  /// A process runs.
  record Running(Instant since, boolean ready) implements ContainerState {}

  /// A process ran.
  record Stopped(Termination termination) implements ContainerState {}
}
