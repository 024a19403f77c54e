package dev.warren.operator.scaling;

/// How many tasks come, and how fast they are done, as estimated from how many there are: a Kalman
/// filter of two values.
///
/// A queue grows by what comes less what is done: `growth = arrivals - speed × running`. One
/// reading can't tell both apart, but their ratio, the offered load, follows from any. Both follow
/// while tasks wait, from readings with different numbers of places, and where so little happens
/// that each coming and going is seen. Rates that were measured are taken in the same way.
///
/// @param arrivals tasks a second
/// @param speed tasks a second that one running task comes to: the inverse of its service time
/// @param arrivalsVariance how uncertain `arrivals` is
/// @param covariance how the errors of both go together
/// @param speedVariance how uncertain `speed` is
/// @param surprises readings in a row that were far from what was expected
record Throughput(
    double arrivals,
    double speed,
    double arrivalsVariance,
    double covariance,
    double speedVariance,
    int surprises) {
  /// Nothing: a task takes anything from milliseconds to hours.
  static final Throughput UNKNOWN = new Throughput(0, 1, 100, 0, 10_000, 0);

  /// How far both wander in a second, relative to their values.
  private static final double ARRIVALS_DRIFT = 0.006;

  private static final double SPEED_DRIFT = 0.001;

  /// In standard deviations; what is further away counts as if it were so far, until it comes
  /// again.
  private static final double SURPRISE = 3;

  /// From how many in a row the arrivals have changed.
  private static final int CHANGE = 3;

  /// Nothing but how long a task takes, from before.
  static Throughput remembered(double serviceSeconds) {
    var speed = 1 / serviceSeconds;
    return new Throughput(0, speed, 100, 0, speed * speed / 16, 0);
  }

  double serviceSeconds() {
    return 1 / speed;
  }

  /// How many tasks run at once on average, so that all that come are done.
  double load() {
    return arrivals / speed;
  }

  /// After a time without a reading.
  Throughput after(double seconds) {
    var arrivalsStep = ARRIVALS_DRIFT * Math.max(arrivals, 0.01);
    var speedStep = SPEED_DRIFT * speed;
    return new Throughput(
        arrivals,
        speed,
        arrivalsVariance + arrivalsStep * arrivalsStep * seconds,
        covariance,
        speedVariance + speedStep * speedStep * seconds,
        surprises);
  }

  /// With the growth of a queue in which tasks wait, in tasks a second.
  ///
  /// @param running tasks that ran in these seconds
  /// @param slowest the least that `speed` can be
  Throughput growing(double growth, double running, double seconds, double slowest) {
    // Comings and goings are counted: each has the variance of its number, and one may be at the
    // edge.
    var noise = (arrivals + speed * running) / seconds + 1 / (seconds * seconds);
    var deviation = Math.sqrt(variance(1, -running) + noise);
    var error = growth - (arrivals - speed * running);
    if (Math.abs(error) <= SURPRISE * deviation) {
      return corrected(1, -running, error, noise, slowest).withSurprises(0);
    }
    if (surprises + 1 < CHANGE) {
      return corrected(1, -running, Math.copySign(SURPRISE * deviation, error), noise, slowest)
          .withSurprises(surprises + 1);
    }
    return new Throughput(
            arrivals, speed, arrivalsVariance + error * error, covariance, speedVariance, 0)
        .corrected(1, -running, error, noise, slowest);
  }

  /// With the growth of a queue in which no task waits. How many run then follows from the speed,
  /// so that nothing is learnt about it: only the load is, and an error of the speed is one of the
  /// arrivals too.
  Throughput balancing(double growth, double running, double seconds, double slowest) {
    var noise =
        (arrivals + speed * running) / 2 * Math.max(2 / seconds, speed) + 1 / (seconds * seconds);
    var own = Math.max(1e-9, variance(1, -running));
    var error = growth - (arrivals - speed * running);
    var bound = SURPRISE * Math.sqrt(own + noise);
    var surprising = Math.abs(error) > bound;
    if (surprising && surprises + 1 >= CHANGE) {
      own += error * error;
    } else {
      error = Math.clamp(error, -bound, bound);
    }
    var gain = own / (own + noise);
    var then = Math.max(0, arrivals + gain * error);
    return new Throughput(
        then,
        Math.max(slowest, speed),
        (1 - gain) * own + then / speed * then / speed * speedVariance,
        then / speed * speedVariance,
        speedVariance,
        surprising && surprises + 1 < CHANGE ? surprises + 1 : 0);
  }

  /// With how many more or less tasks there are, where hardly more than one comes or goes.
  Throughput counting(double change, double running, double seconds, double slowest) {
    var come =
        arrivalsCorrected(
            Math.max(0, change) / seconds - arrivals, noise(arrivals, seconds), slowest);
    // Of tasks that end sooner than the next reading, each is gone, whatever their speed.
    var gone = running * (1 - Math.exp(-speed * seconds)) / seconds;
    var slope = running * Math.exp(-Math.min(3, speed * seconds));
    return running <= 0
        ? come
        : come.corrected(
            0, slope, Math.max(0, -change) / seconds - gone, noise(gone, seconds), slowest);
  }

  /// With a measured rate of arrivals.
  Throughput arriving(double rate, double seconds, double slowest) {
    return corrected(1, 0, rate - arrivals, noise(rate, seconds), slowest);
  }

  /// With a measured rate of tasks done.
  Throughput completing(double rate, double running, double seconds, double slowest) {
    return corrected(0, running, rate - speed * running, noise(rate, seconds), slowest);
  }

  /// With a measured service time.
  Throughput taking(double serviceSeconds, double slowest) {
    var measured = 1 / serviceSeconds;
    return corrected(0, 1, measured - speed, measured * measured / 100, slowest);
  }

  private static double noise(double rate, double seconds) {
    return Math.max(rate, 0.1 / seconds) / seconds;
  }

  /// The variance of `a × arrivals + b × speed`.
  private double variance(double a, double b) {
    return a * a * arrivalsVariance + 2 * a * b * covariance + b * b * speedVariance;
  }

  /// One step of the filter. What would make the speed negative is the arrivals' doing.
  private Throughput corrected(double a, double b, double error, double noise, double slowest) {
    var total = variance(a, b) + noise;
    var towardsArrivals = a * arrivalsVariance + b * covariance;
    var towardsSpeed = a * covariance + b * speedVariance;
    var newSpeed = speed + towardsSpeed / total * error;
    if (newSpeed < slowest && a != 0) {
      return arrivalsCorrected(error, noise, slowest);
    }
    return new Throughput(
        Math.max(0, arrivals + towardsArrivals / total * error),
        Math.max(slowest, newSpeed),
        Math.max(1e-9, arrivalsVariance - towardsArrivals * towardsArrivals / total),
        covariance - towardsArrivals * towardsSpeed / total,
        Math.max(slowest * slowest / 1_000, speedVariance - towardsSpeed * towardsSpeed / total),
        surprises);
  }

  /// The same step as if the speed were known.
  private Throughput arrivalsCorrected(double error, double noise, double slowest) {
    var gain = arrivalsVariance / (arrivalsVariance + noise);
    return new Throughput(
        Math.max(0, arrivals + gain * error),
        Math.max(slowest, speed),
        Math.max(1e-9, (1 - gain) * arrivalsVariance),
        (1 - gain) * covariance,
        speedVariance,
        surprises);
  }

  private Throughput withSurprises(int count) {
    return new Throughput(arrivals, speed, arrivalsVariance, covariance, speedVariance, count);
  }
}
