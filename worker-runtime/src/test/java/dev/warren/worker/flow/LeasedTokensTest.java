package dev.warren.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.RateLimit;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LeasedTokensTest {
  private static final RateLimit LIMIT = new RateLimit(1_000, Duration.ofSeconds(1), 1_000, true);

  private final FakeLease lease = new FakeLease();
  private final LeasedTokens tokens = new LeasedTokens(lease, LIMIT);

  @Test
  void keepsOneTokenAtRest() {
    tokens.look();
    tokens.look();

    assertThat(lease.left).isEqualTo(999);
    assertThat(takeAll()).isEqualTo(1);
  }

  @Test
  void takesMoreEachTimeThatTheyDidNotSuffice() {
    int taken = 0;
    for (int look = 0; look < 6; look++) {
      tokens.look();
      taken += takeAll();
    }

    assertThat(taken).isEqualTo(1 + 2 + 4 + 8 + 16 + 32);
    assertThat(lease.left).isEqualTo(1_000 - taken);
  }

  @Test
  void putsBackWhatItDoesNotUse() {
    for (int look = 0; look < 6; look++) {
      tokens.look();
      takeAll();
    }
    int left = lease.left;

    for (int look = 0; look < 100; look++) {
      tokens.look();
    }

    assertThat(lease.left).isBetween(left - 1, left);
  }

  @Test
  void letsNothingThroughWhileTheBucketCannotBeReached() {
    lease.broken = true;
    tokens.look();

    assertThat(tokens.tryTake(0)).isFalse();
    assertThat(tokens.within(Duration.ofSeconds(2), System.nanoTime())).isZero();
    assertThat(tokens.trouble()).isEqualTo("Redis: refused");

    lease.broken = false;
    tokens.look();

    assertThat(tokens.tryTake(0)).isTrue();
    assertThat(tokens.trouble()).isEmpty();
  }

  @Test
  void expectsNothingOfABucketThatFillsLater() {
    lease.left = 0;
    lease.untilNext = Duration.ofMinutes(5);
    tokens.look();

    assertThat(tokens.within(Duration.ofSeconds(2), System.nanoTime())).isZero();
  }

  private int takeAll() {
    int taken = 0;
    while (tokens.tryTake(0)) {
      taken++;
    }
    return taken;
  }

  private static final class FakeLease implements TokenLease {
    private int left = 1_000;
    private Duration untilNext = Duration.ZERO;
    private boolean broken;

    @Override
    public Leased take(RateLimit limit, int wanted) {
      if (broken) {
        throw new IllegalStateException("Redis: refused");
      }
      int tokens = Math.min(wanted, left);
      left -= tokens;
      return new Leased(tokens, untilNext);
    }

    @Override
    public void close() {}
  }
}
