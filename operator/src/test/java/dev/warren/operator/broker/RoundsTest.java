package dev.warren.operator.broker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
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
