package dev.warren.operator.metricsapi;

import static dev.warren.operator.testing.Resources.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class LeaderWatchTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(NOW);
  private final LeaderWatch leader = new LeaderWatch(now::get);

  @Test
  void reliesOnNobodyAtFirst() {
    assertThat(leader.trouble()).isNotEmpty();
  }

  @Test
  void reliesOnALeaderThatRenewsItsLease() {
    leader.saw("a 1");
    pass(20);
    leader.saw("a 2");
    pass(29);

    assertThat(leader.trouble()).isEmpty();
  }

  @Test
  void doesNotRelyOnALeaderThatIsSilent() {
    leader.saw("a 1");
    pass(20);
    leader.saw("a 1");
    pass(10);

    assertThat(leader.trouble())
        .isEqualTo("no operator leads, so that figures may be old; see the operator's pods");
  }

  @Test
  void doesNotTakeALeaseWithoutAHolderForALeader() {
    leader.saw("a 1");
    pass(30);
    leader.saw(null);

    assertThat(leader.trouble()).isNotEmpty();
  }

  private void pass(int seconds) {
    now.updateAndGet(it -> it.plus(Duration.ofSeconds(seconds)));
  }
}
