package dev.warren.operator.scaling;

import static dev.warren.operator.testing.Resources.NOW;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// A fleet that a decision is made for again and again, where all is as usual but what a test says.
/// For one thread.
final class Scene {
  static final Duration POLL = Duration.ofSeconds(2);

  private ScalingPolicy.Automatic policy =
      new ScalingPolicy.Automatic(
          new Target.Wait(Duration.ofMinutes(1)),
          Limits.between(0, 50, Duration.ofMinutes(1), Duration.ofMinutes(2)),
          1,
          Duration.ofMinutes(10),
          OptionalDouble.empty());
  private Memory memory = Memory.NONE;
  private Instant now = NOW;
  private int wanted;
  private int ready;
  private int failing;
  private Optional<Held> held = Optional.empty();

  static Scene byBacklog(int target) {
    return new Scene().with(new Target.Backlog(target));
  }

  /// By the wait of a minute; a task takes so long.
  static Scene byWait(Duration serviceTime) {
    var scene = new Scene();
    scene.memory =
        Memory.restored(
            new Memory.Said(0, Decision.Cause.FIXED, "", Optional.empty()),
            Optional.of(serviceTime));
    return scene;
  }

  Scene with(Target target) {
    policy =
        new ScalingPolicy.Automatic(
            target,
            policy.limits(),
            policy.concurrency(),
            policy.longestTask(),
            policy.rateLimit());
    return this;
  }

  Scene with(Limits limits) {
    policy =
        new ScalingPolicy.Automatic(
            policy.target(),
            limits,
            policy.concurrency(),
            policy.longestTask(),
            policy.rateLimit());
    return this;
  }

  Scene withRateLimit(double perSecond) {
    policy =
        new ScalingPolicy.Automatic(
            policy.target(),
            policy.limits(),
            policy.concurrency(),
            policy.longestTask(),
            OptionalDouble.of(perSecond));
    return this;
  }

  /// So many pods, all of them ready.
  Scene withPods(int pods) {
    return withPods(pods, pods);
  }

  Scene withPods(int pods, int ofThemReady) {
    wanted = pods;
    ready = ofThemReady;
    return this;
  }

  Scene withFailing(int pods) {
    failing = pods;
    return this;
  }

  /// Pods that hold tasks, and how many those are.
  Scene withHeld(int pods, long tasks) {
    held = Optional.of(new Held(pods, tasks));
    return this;
  }

  Scene at(Instant time) {
    now = time;
    return this;
  }

  Scene forget() {
    memory = Memory.NONE;
    return this;
  }

  Instant now() {
    return now;
  }

  int wanted() {
    return wanted;
  }

  /// Decides by a reading of now.
  Decision decide(long waiting, long running) {
    return decide(Figures.of(now, OptionalLong.of(waiting), OptionalLong.of(running)));
  }

  /// Decides; pods then are as wanted, at once.
  Decision decide(Figures figures) {
    var pods = new PodCounts(wanted, ready, wanted - ready, failing, held, Optional.empty());
    var decision = Scaler.decide(policy, new Situation(figures, pods, now), memory);
    memory = decision.memory();
    ready = failing > 0 ? ready : decision.wanted();
    wanted = decision.wanted();
    now = now.plus(POLL);
    return decision;
  }

  /// The last of decisions by the same figures for so long.
  Decision decideFor(Duration time, long waiting, long running) {
    var end = now.plus(time);
    var decision = decide(waiting, running);
    while (!now.isAfter(end)) {
      decision = decide(waiting, running);
    }
    return decision;
  }
}
