package dev.warren.operator.scaling;

import static dev.warren.operator.testing.Resources.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ScalerPropertiesTest {
  /// What the broker and the fleet show at one poll.
  record Poll(int waiting, int running, int ready, boolean known) {}

  /// The decisions of successive polls, in each of which as many pods are wanted as in the one
  /// before.
  private static List<Decision> decisions(ScalingPolicy policy, List<Poll> polls) {
    var decisions = new ArrayList<Decision>();
    var memory = Memory.NONE;
    var wanted = 0;
    for (var poll : polls) {
      var decision = Scaler.decide(policy, situation(poll, wanted, decisions.size()), memory);
      memory = decision.memory();
      wanted = decision.wanted();
      decisions.add(decision);
    }
    return decisions;
  }

  private static Situation situation(Poll poll, int wanted, int number) {
    var now = NOW.plus(Scene.POLL.multipliedBy(number));
    var running = poll.known ? OptionalLong.of(poll.running) : OptionalLong.empty();
    var ready = Math.min(wanted, poll.ready);
    return new Situation(
        Figures.of(now, OptionalLong.of(poll.waiting), running),
        new PodCounts(
            wanted,
            ready,
            wanted - ready,
            0,
            Optional.of(new Held(Math.min(ready, poll.running), poll.running)),
            Optional.empty()),
        now);
  }

  @Property(tries = 300)
  void staysWithinItsLimits(
      @ForAll("policies") ScalingPolicy.Automatic policy,
      @ForAll("polls") @Size(max = 60) List<Poll> polls) {
    assertThat(decisions(policy, polls))
        .allSatisfy(
            decision ->
                assertThat(decision.wanted())
                    .isBetween(policy.limits().min(), policy.limits().max()));
  }

  @Property(tries = 300)
  void doesNotGoDownForWantOfFigures(
      @ForAll("policies") ScalingPolicy.Automatic policy,
      @ForAll("polls") @Size(max = 60) List<Poll> polls) {
    var decisions = decisions(policy, polls);

    for (int i = 1; i < polls.size(); i++) {
      if (!polls.get(i).known) {
        assertThat(decisions.get(i).wanted()).isEqualTo(decisions.get(i - 1).wanted());
      }
    }
  }

  @Property(tries = 300)
  void keepsAPodWhileThereAreTasks(
      @ForAll("policies") ScalingPolicy.Automatic policy,
      @ForAll("polls") @Size(max = 60) List<Poll> polls) {
    var decisions = decisions(policy, polls);

    for (int i = 0; i < polls.size(); i++) {
      var poll = polls.get(i);
      if (poll.known && poll.waiting + poll.running > 0) {
        assertThat(decisions.get(i).wanted()).isPositive();
      }
    }
  }

  @Property(tries = 300)
  void goesDownToNoLessThanTheBusy(@ForAll("polls") @Size(max = 100) List<Poll> polls) {
    var policy = policy(new Target.Backlog(10), 0, 30, 1, Duration.ZERO);
    var decisions = decisions(policy, polls);

    for (int i = 1; i < polls.size(); i++) {
      var before = decisions.get(i - 1).wanted();
      var poll = polls.get(i);
      var held = poll.known ? poll.running : 0;
      // With one place in each pod, what runs is what is busy, whatever a task takes.
      assertThat(decisions.get(i).wanted())
          .isGreaterThanOrEqualTo(Math.min(before, Math.min(poll.ready, held)));
    }
  }

  @Property(tries = 300)
  void wantsNoFewerPodsForMoreTasks(
      @ForAll("policies") ScalingPolicy.Automatic policy,
      @ForAll("polls") @Size(min = 1, max = 30) List<Poll> polls,
      @ForAll @IntRange(min = 1, max = 10_000) int more) {
    var before = decisions(policy, polls.subList(0, polls.size() - 1));
    var memory = before.isEmpty() ? Memory.NONE : before.getLast().memory();
    var wanted = before.isEmpty() ? 0 : before.getLast().wanted();
    var last = polls.getLast();
    var larger = new Poll(last.waiting + more, last.running, last.ready, last.known);

    assertThat(Scaler.decide(policy, situation(larger, wanted, polls.size() - 1), memory).wanted())
        .isGreaterThanOrEqualTo(
            Scaler.decide(policy, situation(last, wanted, polls.size() - 1), memory).wanted());
  }

  /// Tasks of half a second that come by chance, and pods that are there at once.
  @Property(tries = 30)
  void doesNotFlapUnderASteadyLoad(
      @ForAll @IntRange(min = 5, max = 80) int rate, @ForAll long seed) {
    var random = new Random(seed);
    var scene = Scene.byWait(Duration.ofMillis(500));
    var steps = 0;
    long waiting = 0;
    for (int poll = 0; poll < 1_800; poll++) {
      var places = scene.wanted();
      waiting = Math.max(0, waiting + arrivals(random, 2.0 * rate) - 4L * places);
      var running = waiting > 0 ? places : Math.min(places, arrivals(random, rate / 2.0));
      var decision = scene.decide(waiting, running);
      steps += poll > 150 && decision.wanted() != places ? 1 : 0;
    }

    assertThat(steps).isLessThan(12);
  }

  /// By chance, so many on average.
  private static long arrivals(Random random, double mean) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
  }

  @Provide
  Arbitrary<ScalingPolicy.Automatic> policies() {
    var targets =
        Arbitraries.oneOf(
            Arbitraries.integers().between(1, 1_000).map(Target.Backlog::new),
            Arbitraries.integers()
                .between(1, 3_600)
                .map(seconds -> new Target.Wait(Duration.ofSeconds(seconds))));
    return Combinators.combine(
            targets,
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(1, 200),
            Arbitraries.integers().between(1, 50),
            Arbitraries.integers().between(0, 60).map(Duration::ofSeconds))
        .as(
            (target, min, more, concurrency, window) ->
                policy(target, min, min + more, concurrency, window));
  }

  @Provide
  Arbitrary<List<Poll>> polls() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 5_000),
            Arbitraries.integers().between(0, 50),
            Arbitraries.integers().between(0, 50),
            Arbitraries.frequency(Tuple.of(9, true), Tuple.of(1, false)))
        .as(Poll::new)
        .list();
  }

  private static ScalingPolicy.Automatic policy(
      Target target, int min, int max, int concurrency, Duration window) {
    return new ScalingPolicy.Automatic(
        target,
        Limits.between(min, max, Duration.ofSeconds(10), window),
        concurrency,
        Duration.ofMinutes(10),
        OptionalDouble.empty());
  }
}
