package dev.warren.operator.scaling;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// Decides how many pods are wanted. Up at once, down only after the cooldown, and never because a
/// figure is missing.
public final class Scaler {
  private Scaler() {}

  /// The decision at this time.
  public static Decision decide(ScalingPolicy policy, Situation situation, Instant now) {
    return switch (policy) {
      case ScalingPolicy.Fixed(var replicas, var because) ->
          new Decision(replicas, because, Optional.empty(), Optional.empty());
      case ScalingPolicy.ByBacklog byBacklog -> decide(byBacklog, situation, now);
    };
  }

  private static Decision decide(ScalingPolicy.ByBacklog policy, Situation situation, Instant now) {
    var backlog = backlog(situation);
    if (backlog.isEmpty()) {
      var held = Math.clamp(situation.current(), policy.min(), policy.max());
      return new Decision(
          held,
          "holding: the queue's figures are unknown",
          situation.lowerSince(),
          Optional.empty());
    }
    var needed = needed(policy, backlog.getAsLong());
    var reason = reason(policy, backlog.getAsLong(), needed);
    return needed >= situation.current()
        ? new Decision(needed, reason, Optional.empty(), Optional.empty())
        : lower(policy, situation, needed, reason, now);
  }

  private static Decision lower(
      ScalingPolicy.ByBacklog policy, Situation situation, int needed, String reason, Instant now) {
    var since = situation.lowerSince().orElse(now);
    var left = Duration.between(now, since.plus(policy.cooldown()));
    if (left.isPositive()) {
      // Above max, a pod too many need not wait: the limit itself was lowered.
      var held = Math.min(situation.current(), policy.max());
      return new Decision(held, "cooling down to " + reason, Optional.of(since), Optional.of(left));
    }
    return new Decision(needed, reason, Optional.empty(), Optional.empty());
  }

  private static OptionalLong backlog(Situation situation) {
    return situation.waiting().isPresent() && situation.running().isPresent()
        ? OptionalLong.of(situation.waiting().getAsLong() + situation.running().getAsLong())
        : OptionalLong.empty();
  }

  private static int needed(ScalingPolicy.ByBacklog policy, long backlog) {
    var pods = Math.ceilDiv(backlog, (long) policy.targetBacklog());
    return Math.clamp(pods, policy.min(), policy.max());
  }

  private static String reason(ScalingPolicy.ByBacklog policy, long backlog, int needed) {
    return backlog == 0
        ? "%d: nothing waits and nothing runs".formatted(needed)
        : String.format(
            Locale.ROOT,
            "%d: %,d tasks wait or run, %,d for each pod, %d to %d pods",
            needed,
            backlog,
            policy.targetBacklog(),
            policy.min(),
            policy.max());
  }
}
