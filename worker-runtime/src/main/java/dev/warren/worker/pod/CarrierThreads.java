package dev.warren.worker.pod;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jdk.management.VirtualThreadSchedulerMXBean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets as many platform threads carry virtual ones as the load needs: one, or all that the machine
/// has cores for. With several, nearly every delivery wakes one that sleeps, on a core that the
/// broker or the reader could use: a task that does nothing costs twice as much. One is too few as
/// soon as handlers compute: then virtual threads queue for it.
final class CarrierThreads {
  private static final Logger LOG = LoggerFactory.getLogger(CarrierThreads.class);
  private static final Duration WHILE_BUSY = Duration.ofMillis(10);
  private static final Duration AT_REST = Duration.ofMillis(100);

  /// Threads queued at so many looks in a row are no coincidence: the one carrier has no rest.
  private static final int LOOKS_UP = 20;

  /// With less than one thread on average at so many looks, one carrier would have done.
  private static final int LOOKS_DOWN = 100;

  private final Supplier<VirtualThreadSchedulerMXBean> scheduler;
  private final int most;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = Thread.ofPlatform().daemon().name("carriers").unstarted(this::run);

  /// Looks in a row that found threads queued. Used by the looking thread alone, as the next two.
  private int queuedLooks;

  private int looks;
  private long seen;

  /// @param scheduler asked for on a thread of its own: the first use of the platform's beans takes
  ///   longer than a pod's start should
  /// @param most as many as may be; there is nothing to do for 1
  CarrierThreads(Supplier<VirtualThreadSchedulerMXBean> scheduler, int most) {
    this.scheduler = scheduler;
    this.most = most;
  }

  /// Those of this process.
  static CarrierThreads ofProcess() {
    return new CarrierThreads(CarrierThreads::bean, Runtime.getRuntime().availableProcessors());
  }

  static VirtualThreadSchedulerMXBean bean() {
    return ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
  }

  void start() {
    if (most > 1) {
      thread.start();
    }
  }

  void stop() {
    stopped.countDown();
  }

  /// Looks once, and decides.
  ///
  /// @return in how long to look again
  Duration look(VirtualThreadSchedulerMXBean at) {
    long queued = at.getQueuedVirtualThreadCount();
    long present = queued + at.getMountedVirtualThreadCount();
    if (at.getParallelism() == 1) {
      riseIfQueued(queued, at);
    } else {
      fallIfIdle(present, at);
    }
    return present > 0 ? WHILE_BUSY : AT_REST;
  }

  private void riseIfQueued(long queued, VirtualThreadSchedulerMXBean at) {
    queuedLooks = queued > 0 ? queuedLooks + 1 : 0;
    if (queuedLooks == LOOKS_UP) {
      queuedLooks = 0;
      change(most, at);
    }
  }

  private void fallIfIdle(long present, VirtualThreadSchedulerMXBean at) {
    looks++;
    seen += present;
    if (looks == LOOKS_DOWN) {
      if (seen < looks) {
        change(1, at);
      }
      looks = 0;
      seen = 0;
    }
  }

  private static void change(int carriers, VirtualThreadSchedulerMXBean at) {
    at.setParallelism(carriers);
    LOG.atDebug().addKeyValue("carriers", carriers).log("Carrier threads follow the load");
  }

  private void run() {
    var found = scheduler.get();
    found.setParallelism(1);
    try {
      while (!stopped.await(look(found).toMillis(), TimeUnit.MILLISECONDS)) {
        // The condition looks.
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
