package dev.warren.operator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// What successive readings of a queue tell about the work that it brings.
///
/// @param throughput how many tasks come, and how long they take
/// @param arrivals when those came that wait
/// @param last the reading before, if there was one
/// @param startUp how long a pod takes until it fetches
record Load(Throughput throughput, Arrivals arrivals, Optional<Point> last, Duration startUp) {
  static final Load UNKNOWN =
      new Load(Throughput.UNKNOWN, Arrivals.NONE, Optional.empty(), Duration.ofSeconds(10));

  /// After a longer pause the growth since then is not that of now.
  private static final Duration PAUSE = Duration.ofSeconds(45);

  /// Two readings that are closer are one: what happens between them is mostly chance.
  private static final Duration CLOSE = Duration.ofMillis(900);

  /// A reading.
  ///
  /// @param tasks waiting and running
  /// @param running what pods can run of those that they hold
  record Point(Instant at, double tasks, double running) {}

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
        Throughput.remembered(Math.max(1e-4, seconds(serviceTime))), arrivals, last, startUp);
  }

  /// Tasks that wait: those that no pod holds, and those that it holds in advance.
  double waiting() {
    return last.map(point -> Math.max(0, point.tasks - point.running)).orElse(0.0);
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
    return new Load(throughput, arrivals, last, measured);
  }

  /// All that waits came just now.
  private Load beginning(Point point, ScalingPolicy.Automatic policy) {
    var came = new Arrivals.Part(point.at, point.at, point.tasks);
    return new Load(
        throughput, Arrivals.NONE.with(came, kept(policy)), Optional.of(point), startUp);
  }

  private Load growing(Point before, Point point, Figures figures, ScalingPolicy.Automatic policy) {
    var seconds = seconds(Duration.between(before.at, point.at));
    var running = (before.running + point.running) / 2;
    var slowest = 1 / seconds(policy.longestTask());
    var growth = (point.tasks - before.tasks) / seconds;
    var next = throughput.after(seconds).growing(growth, running, seconds, slowest);
    if (figures.arrivals().isPresent()) {
      next = next.arriving(figures.arrivals().getAsDouble(), seconds, slowest);
    }
    if (figures.completions().isPresent()) {
      next = next.completing(figures.completions().getAsDouble(), running, seconds, slowest);
    }
    if (figures.serviceTime().isPresent()) {
      next = next.taking(Math.max(1e-4, seconds(figures.serviceTime().get())), slowest);
    }
    var came = Math.max(0, growth + next.speed() * running) * seconds;
    return new Load(
        next,
        arrivals.with(new Arrivals.Part(before.at, point.at, came), kept(policy)),
        Optional.of(point),
        startUp);
  }

  private static Duration kept(ScalingPolicy.Automatic policy) {
    return switch (policy.target()) {
      case Target.Backlog _ -> Duration.ZERO;
      case Target.Wait(var wait) -> wait;
    };
  }
}
