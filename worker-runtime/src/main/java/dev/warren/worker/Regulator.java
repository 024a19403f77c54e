package dev.warren.worker;

import dev.warren.worker.flow.FlowControl;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the flow again and again and sees that the source follows: the only one to say how many
/// deliveries may be outstanding. A platform thread, which gets its turn even while handlers keep
/// every carrier thread busy. {@link #wake} and the questions are for any thread.
final class Regulator {
  private static final Logger LOG = LoggerFactory.getLogger(Regulator.class);
  private static final Duration SHORT_REST = Duration.ofMillis(2);
  private static final Duration WHILE_ISOLATING = Duration.ofMillis(10);
  private static final String ISOLATING = "a task that was in flight when workers died runs alone";

  private final FlowControl flow;
  private final Suspects suspects;
  private final Ground ground;
  private final Thread thread = Thread.ofPlatform().daemon().name("flow").unstarted(this::run);

  /// Written by the owner before the start.
  private volatile DeliverySource source = new NoSource();

  /// Written by the owner, read by the thread.
  private volatile boolean stopped;

  /// Whether it rests so long that it is worth a call. Written by the thread, read by all.
  private volatile boolean resting = true;

  /// Written by the thread, and by whoever closes the window at once; read by all.
  private volatile int window = -1;

  /// Written by the thread, read by all.
  private volatile String pause = "";

  /// What the engine does at the regulator's word. Called by its thread.
  interface Ground {
    /// Whether nothing is outstanding but what {@link Suspects} holds.
    boolean isEmpty();

    /// Whether a delivery waits to start.
    boolean isWaiting();

    /// Starts what may start.
    void advance();

    /// Gives back what waits beyond this number.
    void giveBackBeyond(int waiting);

    /// Starts a task if it may; whether it did.
    boolean startAlone(Delivery delivery);
  }

  Regulator(FlowControl flow, Suspects suspects, Ground ground) {
    this.flow = flow;
    this.suspects = suspects;
    this.ground = ground;
  }

  /// Says what may be outstanding, now and from time to time.
  void start(DeliverySource regulated) {
    source = regulated;
    tick();
    thread.start();
  }

  boolean isAlive() {
    return thread.isAlive();
  }

  void stop() {
    stopped = true;
    wake();
  }

  /// Makes it look soon.
  void wake() {
    if (resting || stopped) {
      LockSupport.unpark(thread);
    }
  }

  /// Closes the window without waiting for the next look.
  synchronized void close() {
    window = 0;
    source.allow(0);
  }

  /// Deliveries that may be outstanding.
  int window() {
    return Math.max(0, window);
  }

  /// Why nothing is fetched, by plan; empty while something is.
  String pause() {
    return pause;
  }

  private void run() {
    while (!stopped) {
      try {
        var next = tick();
        resting = next.compareTo(SHORT_REST) > 0;
        LockSupport.parkNanos(this, next.toNanos());
      } catch (RuntimeException e) {
        LOG.atError().setCause(e).log("The flow could not be regulated; trying again");
        LockSupport.parkNanos(this, Duration.ofSeconds(1).toNanos());
      }
    }
  }

  private Duration tick() {
    var isolating = suspects.isIsolating();
    var careful = suspects.isCareful();
    var allowance = flow.tick(ground.isWaiting(), careful, System.nanoTime());
    follow(isolating ? 0 : allowance.window(), isolating ? ISOLATING : allowance.pause());
    ground.advance();
    ground.giveBackBeyond(allowance.waiting());
    if (isolating) {
      suspects.advance(!source.isFetching() && ground.isEmpty(), ground::startAlone);
      return WHILE_ISOLATING;
    }
    if (careful) {
      relax();
      return WHILE_ISOLATING;
    }
    return allowance.next();
  }

  private void relax() {
    if (ground.isEmpty()) {
      suspects.relaxWhenQuiet();
    }
  }

  private synchronized void follow(int wanted, String reason) {
    if (wanted != window) {
      window = wanted;
      source.allow(wanted);
    }
    if (!reason.equals(pause)) {
      pause = reason;
      LOG.atDebug().addKeyValue("reason", reason).log("Fetching stops or goes on, by plan");
    }
  }

  /// Until there is one.
  private static final class NoSource implements DeliverySource {
    @Override
    public void allow(int deliveries) {}

    @Override
    public boolean isFetching() {
      return false;
    }

    @Override
    public void stopFetching() {}

    @Override
    public void close() {}
  }
}
