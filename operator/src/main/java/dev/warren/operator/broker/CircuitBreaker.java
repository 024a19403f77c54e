package dev.warren.operator.broker;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// Keeps calls away from a broker that does not answer. After a failure each call fails at once and
/// in the same words until a back-off has passed; then one call is let through, and what becomes of
/// it decides. May be used by any thread.
final class CircuitBreaker {
  static final Duration FIRST_BACK_OFF = Duration.ofSeconds(1);
  static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(30);

  /// A back-off is shorter by up to this part, so that many brokers behind one network do not come
  /// back in step.
  private static final double JITTER = 0.2;

  /// Leave to call.
  ///
  /// @param probe whether its end alone decides if others may follow
  record Admission(boolean probe) {}

  private record Open(BrokerException failure, Duration backOff, Instant until, boolean probing) {}

  private final InstantSource clock;
  private final DoubleSupplier random;

  /// Null while calls are let through. Guarded by this.
  private @Nullable Open open;

  /// @param random between 0 and 1
  CircuitBreaker(InstantSource clock, DoubleSupplier random) {
    this.clock = clock;
    this.random = random;
  }

  /// Lets a call through; say afterwards what became of it.
  ///
  /// @throws BrokerException what the last call failed with, if it is too early for another
  synchronized Admission admit() {
    var now = open;
    if (now == null) {
      return new Admission(false);
    }
    if (now.probing || waits(now)) {
      throw now.failure.again();
    }
    open = new Open(now.failure, now.backOff, now.until, true);
    return new Admission(true);
  }

  /// The broker answered.
  synchronized void answered() {
    open = null;
  }

  /// It did not. A call that began before others were kept away changes nothing.
  synchronized void failed(Admission admission, BrokerException failure) {
    var now = open;
    if (now == null) {
      open = open(failure, FIRST_BACK_OFF);
    } else if (admission.probe) {
      var doubled = now.backOff.multipliedBy(2);
      open = open(failure, doubled.compareTo(LONGEST_BACK_OFF) < 0 ? doubled : LONGEST_BACK_OFF);
    }
  }

  /// The call ended before it was known whether the broker answers.
  synchronized void abandoned(Admission admission) {
    var now = open;
    if (now != null && admission.probe) {
      open = new Open(now.failure, now.backOff, now.until, false);
    }
  }

  /// Not longer than a back-off can be, should the clock have been set back.
  private boolean waits(Open now) {
    var left = Duration.between(clock.instant(), now.until);
    return left.isPositive() && left.compareTo(LONGEST_BACK_OFF) <= 0;
  }

  private Open open(BrokerException failure, Duration backOff) {
    var shortened = (long) (backOff.toMillis() * (1 - JITTER * random.getAsDouble()));
    return new Open(failure, backOff, clock.instant().plusMillis(shortened), false);
  }
}
