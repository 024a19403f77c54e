package dev.warren.operator.scaling;

import dev.warren.model.DurationText;
import java.time.Duration;
import java.util.Locale;

/// How many pods a queue needs, from what is known of it.
///
/// @param least with fewer the target is missed
/// @param enough with so many there is some room; at least `least`
/// @param why in words for the status
record Need(int least, int enough, String why) {
  /// The part of the wait that is planned with; the rest is for what can't be foreseen.
  private static final double PLANNED = 0.7;

  /// The part of the wait in which late tasks are to start once pods are there.
  private static final double CATCH_UP = 0.2;

  /// How busy pods are meant to be. What they lack for a while waits for a while.
  private static final double ROOMY = 0.94;

  /// The part of the most pods that is started before it is known how long a task takes.
  private static final int TRIAL = 4;

  /// More than any limit.
  private static final int MOST = 1_000_000;

  static Need of(Case of) {
    return switch (of.policy().target()) {
      case Target.Backlog(var tasks) -> byBacklog(tasks, of.situation());
      case Target.Wait(var longest) -> byWait(longest, of);
    };
  }

  /// The same for a queue that is not empty: one pod at least, and no more than the rate limit can
  /// feed.
  Need fed(ScalingPolicy.Automatic policy, Load load) {
    var most = mostFed(policy, load);
    return new Need(
        Math.clamp(least, 1, most),
        Math.clamp(enough, 1, most),
        least > most ? "%s, %d, but rateLimit feeds no more".formatted(why, least) : why);
  }

  private static int mostFed(ScalingPolicy.Automatic policy, Load load) {
    return policy.rateLimit().isPresent() && load.known()
        ? Math.max(
            1,
            pods(
                policy.rateLimit().getAsDouble()
                    * load.throughput().serviceSeconds()
                    / policy.concurrency()))
        : Integer.MAX_VALUE;
  }

  private static Need byBacklog(int target, Situation situation) {
    var tasks = situation.own().tasks();
    var pods = (int) Math.min(MOST, Math.ceilDiv(tasks, (long) target));
    return new Need(
        pods,
        pods,
        String.format(Locale.ROOT, "%,d tasks wait or run, %,d for each worker", tasks, target));
  }

  private static Need byWait(Duration wait, Case of) {
    var load = of.memory().load();
    var throughput = load.throughput();
    var places = of.policy().concurrency();
    var drain = drain(seconds(wait), of);
    // More places than there are tasks, and will be when pods have started, are of no use.
    var coming = Math.floor(throughput.arrivals() * seconds(load.startUp()));
    var useful = (Math.min(load.tasks(), own(of)) + coming) / places;
    var least = Math.min(useful, drain);
    var enough = Math.min(useful, Math.max(drain, throughput.load() / ROOMY / places));
    if (!load.known()) {
      var trial = Math.ceilDiv(of.limits().max(), TRIAL);
      least = Math.min(least, trial);
      enough = Math.min(enough, trial);
    }
    return new Need(pods(least), pods(enough), words(wait, places, drain, of));
  }

  /// Pods with which each waiting task starts in time. Those that start help when they have
  /// started, and those that are still to be made a whole start later.
  private static double drain(double wait, Case of) {
    var load = of.memory().load();
    var rate = of.policy().concurrency() * load.throughput().speed();
    var startUp = seconds(load.startUp());
    var rest = Math.max(0, startUp - of.sinceStep().map(Load::seconds).orElse(0.0));
    var ready = (double) of.pods().ready();
    var starting = (double) Math.max(0, of.current() - of.pods().ready());
    var most = 0.0;
    for (var task :
        load.arrivals().waiting(waiting(of), of.situation().now(), of.figures().oldest())) {
      var left = Math.max(PLANNED * wait - task.seconds(), startUp + CATCH_UP * wait);
      // In pods for a second.
      var work = task.position() / rate;
      var byReady = ready * left;
      var byStarting = starting * (left - rest);
      var pods =
          work <= byReady
              ? work / left
              : work <= byReady + byStarting
                  ? ready + (work - byReady) / (left - rest)
                  : ready + starting + (work - byReady - byStarting) / (left - startUp);
      most = Math.max(most, pods);
    }
    return most;
  }

  /// Tasks that wait for the fleet's pods. What others hold beyond what pods can run looks as if it
  /// waited.
  private static double waiting(Case of) {
    return Math.min(of.memory().load().waiting(), own(of));
  }

  private static double own(Case of) {
    return (double) of.situation().own().tasks();
  }

  private static String words(Duration wait, int places, double drain, Case of) {
    var load = of.memory().load();
    var waiting = Math.round(waiting(of));
    var throughput = load.throughput();
    if (!load.known()) {
      return String.format(
          Locale.ROOT, "%,d waiting, and it is not known yet how long a task takes", waiting);
    }
    var each = rate(places * throughput.speed());
    var target = DurationText.format(wait);
    return drain * places > throughput.load()
        ? String.format(
            Locale.ROOT, "%,d waiting at %s/s per worker to meet %s", waiting, each, target)
        : "%s/s arriving at %s/s per worker to meet %s"
            .formatted(rate(throughput.arrivals()), each, target);
  }

  static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 9.95 ? "%.2g" : "%,.0f", perSecond);
  }

  private static int pods(double number) {
    return (int) Math.min(MOST, Math.ceil(number - 1e-9));
  }

  private static double seconds(Duration duration) {
    return Load.seconds(duration);
  }
}
