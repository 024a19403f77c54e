package dev.warren.benchmarks.simulation;

import dev.warren.operator.scaling.Figures;
import dev.warren.operator.scaling.Held;
import dev.warren.operator.scaling.Limits;
import dev.warren.operator.scaling.Memory;
import dev.warren.operator.scaling.PodCounts;
import dev.warren.operator.scaling.Scaler;
import dev.warren.operator.scaling.ScalingPolicy;
import dev.warren.operator.scaling.Situation;
import dev.warren.operator.scaling.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/// Warren's decision, the operator's own code, with the defaults of a TaskWorker and nothing known
/// but what a queue holds.
final class Warren implements Controller {
  private final ScalingPolicy policy;
  private Memory memory = Memory.NONE;

  Warren(Scenario scenario) {
    policy =
        new ScalingPolicy.Automatic(
            new Target.Wait(duration(scenario.longestWait())),
            Limits.between(0, scenario.most(), Duration.ofMinutes(1), Duration.ofMinutes(2)),
            scenario.concurrency(),
            Duration.ofHours(6),
            OptionalDouble.empty());
  }

  @Override
  public double period() {
    return 2;
  }

  @Override
  public int wanted(View view) {
    var figures = Figures.of(instant(view.readAt()), view.ready(), view.held());
    var pods =
        new PodCounts(
            view.wanted(),
            view.podsReady(),
            view.podsStarting(),
            0,
            Optional.of(new Held(view.podsBusy(), view.held().orElse(0))),
            Double.isNaN(view.startUp())
                ? Optional.empty()
                : Optional.of(duration(view.startUp())));
    var decision = Scaler.decide(policy, new Situation(figures, pods, instant(view.now())), memory);
    memory = decision.memory();
    return decision.wanted();
  }

  @Override
  public boolean sparesBusy() {
    return true;
  }

  @Override
  public double grace() {
    return Double.POSITIVE_INFINITY;
  }

  private static Instant instant(double seconds) {
    return Instant.EPOCH.plus(duration(seconds));
  }

  private static Duration duration(double seconds) {
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }
}
