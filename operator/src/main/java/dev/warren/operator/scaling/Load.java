package dev.warren.operator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What successive readings of a queue tell about the work that it brings.
///
/// @param throughput how many tasks come, and how long they take
/// @param arrivals when those came that wait
/// @param last the reading before, if there was one
/// @param turmoil the square of how many tasks come or go between two readings, on average
/// @param watched for how many seconds tasks were seen to run
/// @param startUp how long a pod takes until it fetches
record Load(
    Throughput throughput,
    Arrivals arrivals,
    Optional<Point> last,
    double turmoil,
    double watched,
    Duration startUp) {
  static final Load UNKNOWN =
      new Load(Throughput.UNKNOWN, Arrivals.NONE, Optional.empty(), 0, 0, Duration.ofSeconds(10));

  /// From when on it is taken for known how long a task takes.
  private static final double ENOUGH = 10;

  /// Up to what turmoil each coming and going is seen.
  private static final double CALM = 1.5;

  /// After a longer pause the growth since then is not that of now.
  private static final Duration PAUSE = Duration.ofSeconds(45);

  /// Two readings that are closer are one: what happens between them is mostly chance.
  private static final Duration CLOSE = Duration.ofMillis(900);

  /// A reading.
  ///
  /// @param tasks waiting and running
  /// @param running what pods can run of those that they hold
  record Point(Instant at, double tasks, double running) {
    /// Tasks that no pod holds, or that pods hold in advance.
    double waiting() {
      return Math.max(0, tasks - running);
    }
  }

  static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /// With a reading; the same as before if it is not a new one.
  Load seeing(Situation situation, ScalingPolicy.Automatic policy) {
    var figures = situation.figures();
    var pods = situation.pods();
    var then = with(pods.startUp().orElse(startUp));
    if (!figures.known()
        || last.filter(point -> figures.readAt().isBefore(point.at.plus(CLOSE))).isPresent()) {
      return then;
    }
    var point =
        new Point(figures.readAt(), figures.tasks(), running(figures, pods, policy.concurrency()));
    return last.filter(before -> Duration.between(before.at, point.at).compareTo(PAUSE) <= 0)
        .map(before -> then.growing(before, point, figures, policy))
        .orElseGet(() -> then.beginning(point, policy));
  }

  /// With how long a task takes, as far as it was known before.
  Load remembering(Duration serviceTime) {
    return new Load(
        Throughput.remembered(Math.max(1e-4, seconds(serviceTime))),
        arrivals,
        last,
        turmoil,
        ENOUGH,
        startUp);
  }

  /// Whether it is known how long a task takes, roughly.
  boolean known() {
    return watched >= ENOUGH;
  }

  double waiting() {
    return last.map(Point::waiting).orElse(0.0);
  }

  double tasks() {
    return last.map(Point::tasks).orElse(0.0);
  }

  /// While none is ready, those that are being stopped run what is held.
  private static double running(Figures figures, PodCounts pods, int concurrency) {
    double places = (double) Math.max(pods.ready(), pods.wanted()) * concurrency;
    return pods.ready() == 0 ? (double) figures.held() : Math.min((double) figures.held(), places);
  }

  private Load with(Duration measured) {
    return new Load(throughput, arrivals, last, turmoil, watched, measured);
  }

  /// All that waits came just now.
  private Load beginning(Point point, ScalingPolicy.Automatic policy) {
    var came = new Arrivals.Part(point.at, point.at, point.tasks);
    return new Load(
        throughput,
        Arrivals.NONE.with(came, kept(policy)),
        Optional.of(point),
        turmoil,
        watched,
        startUp);
  }

  private Load growing(Point before, Point point, Figures figures, ScalingPolicy.Automatic policy) {
    var seconds = seconds(Duration.between(before.at, point.at));
    var slowest = 1 / seconds(policy.longestTask());
    var change = point.tasks - before.tasks;
    var stir = turmoil + 0.1 * (change * change - turmoil);
    var running = (before.running + point.running) / 2;
    var next = throughput.after(seconds);
    var waits = Math.min(before.waiting(), point.waiting());
    // What ends sooner than the next reading comes and goes unseen.
    if (stir <= CALM && (waits > 0 || throughput.speed() * seconds < 1)) {
      next = next.counting(change, before.running, seconds, slowest);
    } else if (waits > throughput.arrivals() * seconds) {
      next = next.growing(change / seconds, running, seconds, slowest);
    } else {
      next = next.balancing(change / seconds, running, seconds, slowest);
    }
    next = measured(next, figures, running, seconds, slowest);
    var came = Math.max(0, change + next.speed() * running * seconds);
    return new Load(
        next,
        arrivals.with(new Arrivals.Part(before.at, point.at, came), kept(policy)),
        Optional.of(point),
        stir,
        before.running > 0 ? watched + seconds : watched,
        startUp);
  }

  private static Throughput measured(
      Throughput estimated, Figures figures, double running, double seconds, double slowest) {
    var next = estimated;
    if (figures.arrivals().isPresent()) {
      next = next.arriving(figures.arrivals().getAsDouble(), seconds, slowest);
    }
    if (figures.completions().isPresent()) {
      next = next.completing(figures.completions().getAsDouble(), running, seconds, slowest);
    }
    if (figures.serviceTime().isPresent()) {
      next = next.taking(Math.max(1e-4, seconds(figures.serviceTime().get())), slowest);
    }
    return next;
  }

  private static Duration kept(ScalingPolicy.Automatic policy) {
    return switch (policy.target()) {
      case Target.Backlog _ -> Duration.ZERO;
      case Target.Wait(var wait) -> wait;
    };
  }
}
