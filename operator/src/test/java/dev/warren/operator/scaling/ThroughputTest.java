package dev.warren.operator.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ThroughputTest {
  private static final double SLOWEST = 1e-4;
  private static final double POLL = 2;

  @Test
  void tellsArrivalsFromSpeedByPlacesThatAreAdded() {
    var random = new Random(1);
    var estimate = Throughput.UNKNOWN;
    for (int poll = 0; poll < 60; poll++) {
      // 40 a second come; 10 places, later 20, do 5 a second each.
      var running = poll < 30 ? 10.0 : 20.0;
      var growth = 40 - 5 * running + 3 * random.nextGaussian();
      estimate = estimate.after(POLL).growing(growth, running, POLL, SLOWEST);
    }

    assertThat(estimate.speed()).isCloseTo(5, withPercentage(15));
    assertThat(estimate.arrivals()).isCloseTo(40, withPercentage(15));
  }

  @Test
  void countsTasksThatTakeLong() {
    var estimate = Throughput.UNKNOWN;
    // One in 200 s comes and one of ten goes.
    for (int poll = 0; poll < 2_000; poll++) {
      var change = poll % 100 == 0 ? 1 : poll % 100 == 50 ? -1 : 0;
      estimate = estimate.after(POLL).counting(change, 10, POLL, SLOWEST);
    }

    assertThat(estimate.serviceSeconds()).isCloseTo(2_000, withPercentage(25));
    assertThat(estimate.load()).isCloseTo(10, withPercentage(30));
  }

  @Test
  void findsTheLoadWhereNoTaskWaits() {
    var random = new Random(1);
    var estimate = Throughput.remembered(0.5);
    for (int poll = 0; poll < 500; poll++) {
      var running = 20 + 4 * random.nextGaussian();
      estimate = estimate.after(POLL).balancing(2 * random.nextGaussian(), running, POLL, SLOWEST);
    }

    assertThat(estimate.load()).isCloseTo(20, withPercentage(10));
    assertThat(estimate.speed()).isEqualTo(2);
  }

  @Test
  void takesOneBurstForNoChange() {
    var estimate = steady();

    var burst = estimate.after(POLL).growing(500, 20, POLL, SLOWEST);

    assertThat(burst.arrivals()).isLessThan(1.5 * estimate.arrivals());
  }

  @Test
  void followsAChangeThatLasts() {
    var estimate = steady();
    for (int poll = 0; poll < 3; poll++) {
      estimate = estimate.after(POLL).growing(160, 20, POLL, SLOWEST);
    }

    assertThat(estimate.arrivals()).isCloseTo(200, withPercentage(20));
  }

  @Test
  void takesMeasuredRatesAsTheyAre() {
    var estimate = Throughput.UNKNOWN;
    for (int poll = 0; poll < 20; poll++) {
      estimate = estimate.after(POLL).arriving(30, POLL, SLOWEST).completing(30, 60, POLL, SLOWEST);
    }

    assertThat(estimate.arrivals()).isCloseTo(30, withPercentage(5));
    assertThat(estimate.serviceSeconds()).isCloseTo(2, withPercentage(5));
  }

  @Test
  void isNeverSlowerThanATaskMayBe() {
    var estimate = Throughput.UNKNOWN;
    for (int poll = 0; poll < 100; poll++) {
      estimate = estimate.after(POLL).counting(0, 5, POLL, 0.01);
    }

    assertThat(estimate.serviceSeconds()).isEqualTo(100);
  }

  /// 40 a second come, and 20 places do them.
  private static Throughput steady() {
    var estimate = Throughput.remembered(0.5);
    for (int poll = 0; poll < 200; poll++) {
      estimate = estimate.after(POLL).growing(0, 20, POLL, SLOWEST);
    }
    return estimate;
  }
}
