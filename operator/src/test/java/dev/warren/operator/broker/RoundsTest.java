package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundsTest {
  @Test
  void restsWhileNobodyUsesTheBroker() {
    var subject = new Unused();
    try (var rounds = new Rounds("unused", Duration.ofHours(1), InstantSource.system(), subject)) {
      rounds.start();

      // Its users are due now, but of no interest.
      rounds.hurry();

      await().until(() -> subject.looks.get() > 0);
      await().during(Duration.ofMillis(200)).until(() -> subject.looks.get() < 10);
    }
  }

  @Test
  void restsNoLongerForAReadingThatWasSlowOnce() {
    var subject = new Slow(1, Duration.ofMillis(100), Duration.ofMillis(1));
    try (var rounds = new Rounds("warm", Duration.ofMillis(1), InstantSource.system(), subject)) {
      rounds.start();

      await().atMost(Duration.ofSeconds(5)).until(() -> subject.readings.get() >= 50);
    }
  }

  @Test
  void restsLongerTheMoreVhostsThereAre() {
    var each = Duration.ofMillis(25);
    var subject = new Slow(20, each, each);
    try (var rounds = new Rounds("busy", Duration.ofMillis(1), InstantSource.system(), subject)) {
      rounds.start();

      await().until(() -> subject.readings.get() >= 20);
      // By the time of each alone none would rest: all take longer than its pause.
      await().during(Duration.ofSeconds(2)).until(() -> subject.readings.get() <= 40);
    }
  }

  /// Vhosts of which each takes a while, the first time and then.
  private static final class Slow implements Rounds.Subject {
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger readings = new AtomicInteger();
    private final Map<String, Vhost> vhosts;
    private final Duration first;
    private final Duration then;

    private Slow(int vhosts, Duration first, Duration then) {
      this.vhosts =
          IntStream.range(0, vhosts)
              .boxed()
              .collect(
                  Collectors.toMap(
                      "v%d"::formatted, _ -> new Vhost(UnaryOperator.identity(), Optional::of)));
      this.first = first;
      this.then = then;
    }

    @Override
    public Map<String, Vhost> vhosts() {
      return vhosts;
    }

    @Override
    public void read(String vhost, Vhost state, boolean whole) {
      try {
        var time = readings.get() < vhosts.size() ? first : then;
        assertThat(never.await(time.toMillis(), TimeUnit.MILLISECONDS)).isFalse();
        readings.incrementAndGet();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public void readAccounts() {}
  }

  /// A broker in which no vhost is used; counts how often that is looked for.
  private static final class Unused implements Rounds.Subject {
    private final AtomicInteger looks = new AtomicInteger();

    @Override
    public Map<String, Vhost> vhosts() {
      looks.incrementAndGet();
      return Map.of();
    }

    @Override
    public void read(String vhost, Vhost state, boolean whole) {
      throw new AssertionError("there is no vhost to read");
    }

    @Override
    public void readAccounts() {
      throw new AssertionError("nobody asked for users");
    }
  }
}
