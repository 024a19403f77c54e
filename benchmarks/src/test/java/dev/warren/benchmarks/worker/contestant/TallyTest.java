package dev.warren.benchmarks.worker.contestant;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
  @TempDir private Path directory;

  @Test
  void whoLooksSeesWhatAnotherCounts() {
    var looking = Tally.open(directory.resolve("tally"));
    var counting = Tally.open(directory.resolve("tally"));
    long before = System.nanoTime();

    counting.done(7);

    assertThat(looking.count()).isEqualTo(1);
    assertThat(looking.time(7)).isBetween(before, System.nanoTime());
  }

  @Test
  void countsTasksWhoseTimeItDoesNotKeep() {
    var tally = Tally.open(directory.resolve("tally"));

    tally.done(Tally.TIMES);

    assertThat(tally.count()).isEqualTo(1);
  }

  @Test
  void beginsAnew() {
    var tally = Tally.open(directory.resolve("tally"));
    tally.done(1);

    tally.reset();

    assertThat(tally.count()).isZero();
  }
}
