package dev.warren.operator.metricsapi;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Whether some replica leads, and so keeps the status of TaskWorkers and TaskQueues true. It is
/// told by changes of the Lease and not by the times in it, because clocks of nodes differ. One
/// thread tells, any asks.
final class LeaderWatch {
  /// Twice as long as a leader may be silent before another takes over.
  static final Duration SILENCE = Duration.ofSeconds(30);

  private final InstantSource clock;

  /// Used by the thread that tells alone.
  private @Nullable String last;

  /// Written by the thread that tells, read by all.
  private volatile Instant heard = Instant.EPOCH;

  LeaderWatch(InstantSource clock) {
    this.clock = clock;
  }

  /// @param renewal the Lease's, in whatever form; null if there is no Lease or no holder
  void saw(@Nullable String renewal) {
    if (renewal != null && !Objects.equals(renewal, last)) {
      last = renewal;
      heard = clock.instant();
    }
  }

  /// Why what the leader wrote cannot be relied on; empty if it can.
  String trouble() {
    return clock.instant().isBefore(heard.plus(SILENCE))
        ? ""
        : "no operator leads, so that figures may be old; see the operator's pods";
  }
}
