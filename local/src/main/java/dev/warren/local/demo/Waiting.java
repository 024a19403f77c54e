package dev.warren.local.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks until something is there. For one thread.
final class Waiting {
  static final Duration LOOK = Duration.ofMillis(250);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Waiting() {}

  /// @param what is waited for, for the message
  /// @throws DemoException if it does not come in time
  static <T> T until(String what, Supplier<Optional<T>> look) throws InterruptedException {
    var deadline = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(deadline)) {
      var found = look.get();
      if (found.isPresent()) {
        return found.get();
      }
      Thread.sleep(LOOK);
    }
    throw new DemoException("%s did not come within %d s".formatted(what, PATIENCE.toSeconds()));
  }
}
