package dev.warren.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import javax.management.ObjectName;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.junit.jupiter.api.Test;

class CarrierThreadsTest {
  private static final int CORES = 4;

  private final Scheduler scheduler = new Scheduler();
  private final CarrierThreads carriers = new CarrierThreads(() -> scheduler, CORES);

  @Test
  void oneIsEnoughWhileNoThreadWaitsForIt() {
    scheduler.mounted = 1;

    look(1_000);

    assertThat(scheduler.parallelism).isEqualTo(1);
  }

  @Test
  void allCarryWhenThreadsWaitAtTwentyLooksInARow() {
    scheduler.queued = 3;

    look(20);

    assertThat(scheduler.parallelism).isEqualTo(CORES);
  }

  @Test
  void oneThatWaitsNowAndThenIsNoReason() {
    for (int i = 0; i < 100; i++) {
      scheduler.queued = i % 20;
      look(1);
    }

    assertThat(scheduler.parallelism).isEqualTo(1);
  }

  @Test
  void oneIsEnoughAgainWhenThereWasLessThanOneThreadForAHundredLooks() {
    scheduler.parallelism = CORES;

    look(99);
    scheduler.mounted = 2;
    look(1);

    assertThat(scheduler.parallelism).isEqualTo(1);
  }

  @Test
  void allGoOnWhileThreadsCompute() {
    scheduler.parallelism = CORES;
    scheduler.mounted = 1;

    look(1_000);

    assertThat(scheduler.parallelism).isEqualTo(CORES);
  }

  @Test
  void looksSeldomAtRest() {
    assertThat(carriers.look(scheduler)).isEqualTo(Duration.ofMillis(100));
  }

  @Test
  void theJvmTellsAndObeys() {
    var mine = CarrierThreads.bean();
    int before = mine.getParallelism();
    try {
      mine.setParallelism(1);

      assertThat(mine.getParallelism()).isEqualTo(1);
      assertThat(mine.getQueuedVirtualThreadCount()).isNotNegative();
      assertThat(mine.getMountedVirtualThreadCount()).isNotNegative();
    } finally {
      mine.setParallelism(before);
    }
  }

  private void look(int times) {
    for (int i = 0; i < times; i++) {
      carriers.look(scheduler);
    }
  }

  /// A scheduler as a test sets it.
  private static final class Scheduler implements VirtualThreadSchedulerMXBean {
    int parallelism = 1;
    int mounted;
    long queued;

    @Override
    public int getParallelism() {
      return parallelism;
    }

    @Override
    public void setParallelism(int size) {
      parallelism = size;
    }

    @Override
    public int getPoolSize() {
      return parallelism;
    }

    @Override
    public int getMountedVirtualThreadCount() {
      return mounted;
    }

    @Override
    public long getQueuedVirtualThreadCount() {
      return queued;
    }

    @Override
    public ObjectName getObjectName() {
      throw new UnsupportedOperationException("no test asks for it");
    }
  }
}
