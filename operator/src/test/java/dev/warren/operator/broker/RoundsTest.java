package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
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
  void restsLongerTheMoreVhostsThereAre() {
    var subject = new Slow();
    try (var rounds = new Rounds("busy", Duration.ofMillis(1), InstantSource.system(), subject)) {
      rounds.start();

      await().until(() -> subject.readings.get() >= Slow.VHOSTS);
      // By the time of each alone none would rest: all take longer than its pause.
      await().during(Duration.ofSeconds(2)).until(() -> subject.readings.get() <= 2 * Slow.VHOSTS);
    }
  }

  /// Many vhosts, of which each takes a while.
  private static final class Slow implements Rounds.Subject {
    private static final int VHOSTS = 20;
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger readings = new AtomicInteger();
    private final Map<String, Vhost> vhosts =
        IntStream.range(0, VHOSTS)
            .boxed()
            .collect(
                Collectors.toMap(
                    "v%d"::formatted,
                    _ -> new Vhost(UnaryOperator.identity(), UnaryOperator.identity())));

    @Override
    public Map<String, Vhost> vhosts() {
      return vhosts;
    }

    @Override
    public void read(String vhost, Vhost state, boolean whole) {
      try {
        assertThat(never.await(25, TimeUnit.MILLISECONDS)).isFalse();
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
