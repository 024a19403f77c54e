package dev.warren.local.pods;

import java.time.Duration;

/// What happens to a pod outside its own thread.
sealed interface PodSignal {
  /// One of its processes has ended.
  record Exited(long pid, int code) implements PodSignal {}

  /// Its readiness probe has changed its mind.
  record Ready(boolean ready) implements PodSignal {}

  /// Its liveness probe has given it up.
  record Unhealthy() implements PodSignal {}

  /// A ConfigMap or Secret of its namespace has changed.
  record ConfigurationChanged() implements PodSignal {}

  /// It is to end for good.
  record Stop(Duration grace) implements PodSignal {}
}
