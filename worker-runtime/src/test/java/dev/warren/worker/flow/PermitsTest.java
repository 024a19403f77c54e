package dev.warren.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PermitsTest {
  @Test
  void givesAsManyAsThereAre() {
    var permits = new Permits(2);

    assertThat(IntStream.range(0, 4).filter(_ -> permits.tryAcquire()).count()).isEqualTo(2);
    assertThat(permits.used()).isEqualTo(2);
  }

  @Test
  void shrinksAsPermitsComeBack() {
    var permits = new Permits(3);
    IntStream.range(0, 3).forEach(_ -> permits.tryAcquire());

    permits.resize(1);

    permits.release();
    permits.release();
    assertThat(permits.tryAcquire()).isFalse();
    permits.release();
    assertThat(permits.tryAcquire()).isTrue();
    assertThat(permits.tryAcquire()).isFalse();
  }

  @Test
  void growsAtOnce() {
    var permits = new Permits(0);

    permits.resize(1);

    assertThat(permits.tryAcquire()).isTrue();
    assertThat(permits.tryAcquire()).isFalse();
  }

  @Test
  void losesNoneHoweverOftenItIsResizedMeanwhile() throws Exception {
    var permits = new Permits(5);
    var done = new CountDownLatch(4);
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (int thread = 0; thread < 4; thread++) {
        threads.execute(
            () -> {
              for (int i = 0; i < 20_000; i++) {
                if (permits.tryAcquire()) {
                  permits.release();
                }
              }
              done.countDown();
            });
      }
      for (int size = 0; done.getCount() > 0; size = (size + 3) % 11) {
        permits.resize(size);
      }
    }

    permits.resize(7);

    assertThat(permits.used()).isZero();
    assertThat(IntStream.range(0, 20).filter(_ -> permits.tryAcquire()).count()).isEqualTo(7);
  }
}
