package dev.warren.operator.broker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads what is in use of one broker again and again, one thing after the other. Owns the thread
/// that does.
final class Rounds implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

  /// Of so many readings of the figures of a vhost, one is of the whole vhost: figures matter more
  /// often than structure.
  private static final int FIGURES_PER_WHOLE = 5;

  private static final Duration RARELY = Duration.ofSeconds(10);

  /// What there is to read.
  interface Subject {
    /// The vhosts in use, by name.
    Map<String, Vhost> vhosts();

    /// Reads a vhost and tells what differs.
    void read(String vhost, Vhost state, boolean whole);

    /// Reads the users and tells what differs.
    void readAccounts();
  }

  private record Turns(Rhythm figures, Rhythm whole) {}

  private final String broker;
  private final Duration interval;
  private final InstantSource clock;
  private final Subject subject;
  private final Rhythm accounts;

  /// Used by the thread alone; a vhost in use stays in use.
  private final Map<String, Turns> turns = new HashMap<>();

  /// How long the last reading of the figures of each of them took, and of all of it. Used by the
  /// thread alone.
  private final Map<String, Duration> figuresLasted = new HashMap<>();

  private final Map<String, Duration> wholeLasted = new HashMap<>();

  private final Semaphore hurry = new Semaphore(0);
  private final Thread thread;

  /// @param interval the shortest between the beginnings of two readings of the same
  Rounds(String broker, Duration interval, InstantSource clock, Subject subject) {
    this.broker = broker;
    this.interval = interval;
    this.clock = clock;
    this.subject = subject;
    accounts = new Rhythm(rarely(interval), clock);
    accounts.read(clock.instant(), Duration.ZERO);
    // Not a virtual one: a reading would wait its turn behind what it sets going, and be taken for
    // a slow one.
    thread = Thread.ofPlatform().daemon().name("broker-" + broker).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  boolean running() {
    return thread.isAlive();
  }

  /// Reads all of it soon, whatever the time: the broker was not to be read for a reason that may
  /// be gone.
  void hurry() {
    hurry.release();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        if (hurry.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS)) {
          turns.values().forEach(turn -> turn.figures.now());
          accounts.now();
        }
        round();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void round() {
    subject.vhosts().forEach(this::readIfDue);
    if (accounts.isDue() && !subject.vhosts().isEmpty()) {
      var began = clock.instant();
      accounts.read(began, took("", subject::readAccounts));
    }
  }

  private void readIfDue(String vhost, Vhost state) {
    var turn = turns.computeIfAbsent(vhost, key -> firstTurns());
    if (turn.figures.isDue()) {
      var whole = turn.whole.isDue();
      var began = clock.instant();
      var took = took(vhost, () -> subject.read(vhost, state, whole));
      if (whole) {
        wholeLasted.put(vhost, took);
        // Figures were read with all else: they take no longer alone.
        figuresLasted.merge(vhost, took, (one, other) -> one.compareTo(other) < 0 ? one : other);
        turn.whole.read(began, burden(wholeLasted));
      } else {
        figuresLasted.put(vhost, took);
      }
      turn.figures.read(began, burden(figuresLasted));
    }
  }

  /// All of them are one to the same broker, in however many vhosts its queues are.
  private static Duration burden(Map<String, Duration> lasted) {
    return lasted.values().stream().reduce(Duration.ZERO, Duration::plus);
  }

  /// Who asked for the vhost has just read it.
  private Turns firstTurns() {
    var turns = new Turns(new Rhythm(interval, clock), new Rhythm(rarely(interval), clock));
    turns.figures.read(clock.instant(), Duration.ZERO);
    return turns;
  }

  private Duration took(String vhost, Runnable reading) {
    var start = System.nanoTime();
    try {
      reading.run();
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("broker", broker)
          .addKeyValue("vhost", vhost)
          .setCause(e)
          .log("Reading the broker failed; the next reading is tried as planned");
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /// Until something is due, or a vhost that is new by then would be. Users are not read while
  /// nobody uses the broker, so they are no reason to wake up for either.
  private Duration pause() {
    var shortest = interval;
    for (var turn : turns.values()) {
      shortest = shorter(shortest, turn.figures.left());
    }
    return subject.vhosts().isEmpty() ? shortest : shorter(shortest, accounts.left());
  }

  private static Duration shorter(Duration one, Duration other) {
    var shorter = one.compareTo(other) < 0 ? one : other;
    return shorter.isNegative() ? Duration.ZERO : shorter;
  }

  private static Duration rarely(Duration interval) {
    var multiple = interval.multipliedBy(FIGURES_PER_WHOLE);
    if (multiple.compareTo(RARELY) < 0) {
      return multiple;
    }
    return interval.compareTo(RARELY) > 0 ? interval : RARELY;
  }
}
