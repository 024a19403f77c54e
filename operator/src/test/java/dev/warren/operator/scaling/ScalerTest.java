package dev.warren.operator.scaling;

import static dev.warren.operator.testing.Resources.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ScalerTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  @Test
  void takesOnePodForTheFirstTask() {
    assertThat(Scene.byBacklog(100).decide(1, 0).wanted()).isEqualTo(1);
    assertThat(Scene.byWait(SECOND).decide(1, 0).wanted()).isEqualTo(1);
  }

  @Test
  void countsTasksThatRun() {
    assertThat(Scene.byBacklog(100).decide(100, 101).wanted()).isEqualTo(3);
  }

  @Test
  void goesUpAtOnceAndSaysWhy() {
    assertThat(Scene.byBacklog(100).withPods(1).decide(2_345, 0))
        .satisfies(
            decision -> {
              assertThat(decision.wanted()).isEqualTo(24);
              assertThat(decision.reason())
                  .isEqualTo("24: 2,345 tasks wait or run, 100 for each worker");
            });
  }

  @Test
  void startsWhatDrainsABacklogInTime() {
    // 900 tasks of 1 s, of which the first pods take 10 s to start: 42 s of a minute are planned
    // with.
    var decision = Scene.byWait(SECOND).decide(900, 0);

    assertThat(decision.wanted()).isEqualTo(29);
    assertThat(decision.reason()).isEqualTo("29: 900 waiting at 1.0/s per worker to meet 1m");
  }

  @Test
  void countsPodsThatStartAsComing() {
    var scene = Scene.byWait(SECOND);
    scene.decide(900, 0);

    assertThat(scene.withPods(29, 0).decide(900, 0).wanted()).isEqualTo(29);
    assertThat(scene.withPods(29, 0).decide(900, 0).wanted()).isEqualTo(29);
  }

  @Test
  void startsNoMorePodsThanThereAreTasks() {
    assertThat(Scene.byWait(Duration.ofMinutes(8)).decide(7, 0).wanted()).isEqualTo(7);
  }

  @Test
  void triesAFewPodsWhileItIsUnknownHowLongATaskTakes() {
    var decision = new Scene().decide(100_000, 0);

    assertThat(decision.wanted()).isEqualTo(13);
    assertThat(decision.reason())
        .isEqualTo("13: 100,000 waiting, and it is not known yet how long a task takes");
  }

  @Test
  void endsNoTrialBeforeItHasBegun() {
    var scene = new Scene();
    var wanted = scene.decide(50, 0).wanted();
    assertThat(wanted).isGreaterThan(1);

    for (int polls = 0; polls < 60; polls++) {
      assertThat(scene.withPods(wanted, 0).decide(5, 0).wanted()).isEqualTo(wanted);
    }
  }

  @Test
  void takesNoPodBackThatIsStillStarting() {
    for (var scene : List.of(Scene.byBacklog(10_000), new Scene())) {
      var wanted = scene.decide(100_000, 0).wanted();

      for (int polls = 0; polls < 60; polls++) {
        assertThat(scene.withPods(wanted, 0).decide(100_000, 0).wanted()).isEqualTo(wanted);
      }
    }
  }

  @Test
  void keepsAtTheLimitAndSaysWhatIsNeeded() {
    assertThat(Scene.byBacklog(1).decide(70, 0))
        .extracting(Decision::wanted, Decision::reason)
        .containsExactly(50, "50: 70 tasks wait or run, 1 for each worker; 70 needed, at most 50");
  }

  @Test
  void goesDownOnlyWhenFewerWereEnoughForTheWholeWindow() {
    var scene = Scene.byBacklog(10).withPods(10);

    assertThat(scene.decideFor(Duration.ofSeconds(118), 50, 0).wanted()).isEqualTo(10);
    assertThat(scene.decideFor(Scene.POLL.multipliedBy(2), 50, 0).wanted()).isEqualTo(5);
  }

  @Test
  void keepsOnePodUntilNothingWasThereForTheWholeCooldown() {
    var scene = Scene.byBacklog(10).withPods(1).with(Limits.between(0, 50, MINUTE, Duration.ZERO));

    assertThat(scene.decideFor(Duration.ofSeconds(58), 0, 0).wanted()).isEqualTo(1);
    assertThat(scene.decideFor(Scene.POLL.multipliedBy(2), 0, 0))
        .extracting(Decision::wanted, Decision::reason)
        .containsExactly(0, "0: nothing waited or ran for 1m");
  }

  @Test
  void believesNoSingleZero() {
    var scene = Scene.byBacklog(10).withPods(4).with(Limits.between(0, 50, Duration.ZERO, MINUTE));

    assertThat(scene.decide(0, 0).wanted()).isEqualTo(4);
    assertThat(scene.decide(0, 0).wanted()).isEqualTo(4);
    assertThat(scene.decide(0, 0).wanted()).isZero();
  }

  @Test
  void startsTheCooldownAnewForEveryTask() {
    var scene = Scene.byBacklog(10).withPods(1);
    scene.decideFor(Duration.ofSeconds(50), 0, 0);
    scene.decide(0, 1);

    assertThat(scene.decideFor(Duration.ofSeconds(50), 0, 0).wanted()).isEqualTo(1);
  }

  @Test
  void holdsTheSizeWhileFiguresAreUnknown() {
    var scene = Scene.byBacklog(10).withPods(4);
    var blind = Figures.of(NOW, OptionalLong.of(0), OptionalLong.empty());

    assertThat(scene.decide(blind))
        .extracting(Decision::wanted, Decision::cause, Decision::reason)
        .containsExactly(
            4,
            Decision.Cause.UNKNOWN,
            "4: holding, the broker does not say how many tasks there are");
  }

  @Test
  void holdsTheSizeWhileFiguresAreOld() {
    var scene = Scene.byBacklog(10).withPods(4);
    var old = Figures.of(NOW.minusSeconds(31), OptionalLong.of(0), OptionalLong.of(0));

    assertThat(scene.decide(old))
        .extracting(Decision::wanted, Decision::cause, Decision::reason)
        .containsExactly(
            4, Decision.Cause.STALE, "4: holding, the broker's figures are older than 30 s");
  }

  @Test
  void holdsTheSizeWhileTheBrokerIsAway() {
    assertThat(Scene.byBacklog(10).withPods(4).decide(Figures.none(NOW, "it is away")))
        .extracting(Decision::wanted, Decision::cause, Decision::reason)
        .containsExactly(4, Decision.Cause.TROUBLE, "4: holding, it is away");
  }

  @Test
  void holdsTheSizeAfterARestart() {
    var scene = Scene.byWait(SECOND).withPods(12);
    scene.decideFor(MINUTE, 0, 3);

    assertThat(scene.forget().decideFor(MINUTE, 0, 3).wanted()).isEqualTo(12);
  }

  @Test
  void stopsNoPodThatIsBusyForLong() {
    var scene = Scene.byWait(Duration.ofMinutes(5)).withPods(10).withHeld(7, 7);

    var decision = scene.decideFor(Duration.ofMinutes(3), 0, 3);

    assertThat(decision.wanted()).isEqualTo(7);
    assertThat(decision.reason()).endsWith("; 1 once workers finish");
  }

  @Test
  void takesEveryTaskForABusyPodWhereNothingElseIsKnown() {
    var scene = Scene.byWait(Duration.ofMinutes(5)).withPods(10);

    assertThat(scene.decideFor(Duration.ofMinutes(3), 0, 6).wanted()).isEqualTo(6);
  }

  @Test
  void wakesNobodyForTasksThatOthersHold() {
    assertThat(Scene.byBacklog(10).withHeld(0, 0).decide(0, 40).wanted()).isZero();
  }

  @Test
  void goesToNoneWhileOthersHoldTasks() {
    var scene = Scene.byBacklog(10).withPods(1).withHeld(0, 0);

    assertThat(scene.decideFor(MINUTE.minusSeconds(2), 0, 40).wanted()).isOne();
    assertThat(scene.decide(0, 40).wanted()).isZero();
  }

  @Test
  void asksNobodyWhoHoldsTasksWhereTheSizeStaysAnyway() {
    var figures = Figures.of(NOW, OptionalLong.of(0), OptionalLong.of(5));
    var situation = new Situation(figures, PodCounts.of(1, 1, 0), NOW);

    assertThat(Scaler.asksWhoHolds(automatic(0), situation, Memory.NONE)).isTrue();
    assertThat(Scaler.asksWhoHolds(automatic(1), situation, Memory.NONE)).isFalse();
    assertThat(Scaler.asksWhoHolds(new ScalingPolicy.Fixed(1, ""), situation, Memory.NONE))
        .isFalse();
  }

  private static ScalingPolicy automatic(int min) {
    return new ScalingPolicy.Automatic(
        new Target.Backlog(10),
        Limits.between(min, 9, MINUTE, MINUTE),
        1,
        MINUTE,
        OptionalDouble.empty());
  }

  @Test
  void waitsUntilItIsSureThatOthersHoldTheTasks() {
    var scene =
        Scene.byBacklog(1)
            .with(Limits.between(0, 50, Duration.ZERO, Duration.ZERO))
            .withPods(8)
            .withHeld(8, 8);
    scene.decide(0, 8);

    assertThat(scene.withHeld(0, 0).decideFor(Duration.ofSeconds(12), 0, 8).wanted()).isEqualTo(8);
    assertThat(scene.decideFor(Duration.ofSeconds(6), 0, 8).wanted()).isZero();
  }

  @Test
  void takesWhatOthersHoldForNoBacklog() {
    var scene = Scene.byWait(SECOND).withPods(1).withHeld(1, 1);

    assertThat(scene.decideFor(MINUTE, 0, 1_000).wanted()).isOne();
  }

  @Test
  void addsNoMorePodsWhileSomeFail() {
    var scene = Scene.byBacklog(10).withPods(3, 1).withFailing(2);

    assertThat(scene.decide(500, 1))
        .extracting(Decision::wanted, Decision::cause, Decision::reason)
        .containsExactly(
            3,
            Decision.Cause.NOT_STARTING,
            "3: 501 tasks wait or run, 10 for each worker, 2 starting; pods fail, so no more are added");
  }

  @Test
  void fallsBackToOnePodWhileNoneStarts() {
    assertThat(Scene.byBacklog(10).withPods(20, 0).withFailing(5).decide(500, 0).wanted())
        .isEqualTo(1);
  }

  @Test
  void addsNoMorePodsWhenNoneStartsForMinutes() {
    var scene = Scene.byBacklog(10);
    var decision = scene.decide(20, 0);
    for (int polls = 0; polls < 160; polls++) {
      decision = scene.withPods(scene.wanted(), 0).decide(20L + polls, 0);
    }

    assertThat(decision.wanted()).isEqualTo(1);
    assertThat(decision.cause()).isEqualTo(Decision.Cause.NOT_STARTING);
  }

  @Test
  void goesInSteps() {
    var limits = new Limits(0, 50, MINUTE, Duration.ZERO, 5, 2, List.of());
    var scene = Scene.byBacklog(1).with(limits);

    assertThat(scene.decide(40, 0))
        .extracting(Decision::wanted, Decision::reason)
        .containsExactly(5, "5: 40 tasks wait or run, 1 for each worker; 40 in steps");
    assertThat(scene.decide(40, 0).wanted()).isEqualTo(5);
    assertThat(scene.decideFor(Bounds.STEP, 40, 0).wanted()).isEqualTo(10);
    assertThat(scene.decideFor(Bounds.STEP, 1, 0).wanted()).isEqualTo(8);
  }

  @Test
  void feedsNoMorePodsThanTheRateLimitAllows() {
    var decision = Scene.byWait(SECOND).withRateLimit(4.5).decide(900, 0);

    assertThat(decision.wanted()).isEqualTo(5);
    assertThat(decision.reason())
        .isEqualTo(
            "5: 900 waiting at 1.0/s per worker to meet 1m, 29, but rateLimit feeds no more");
  }

  @Test
  void keepsAsManyAsAScheduleAsksFor() {
    var workday = Schedule.of("0 8 * * *", "0 18 * * *", "UTC", 7);
    var limits =
        new Limits(1, 50, MINUTE, MINUTE, Limits.ANY_STEP, Limits.ANY_STEP, List.of(workday));
    var noon = NOW.atZone(workday.zone()).withHour(12).toInstant();
    var scene = Scene.byBacklog(10).with(limits).at(noon);

    assertThat(scene.decide(0, 0))
        .extracting(Decision::wanted, Decision::reason)
        .containsExactly(7, "7: nothing waited or ran for 1m; at least 7 since '0 8 * * *'");
    assertThat(scene.decide(0, 0).again()).contains(Duration.ofHours(6).minus(Scene.POLL));
  }

  @Test
  void keepsTheReasonWhileTheSizeStays() {
    var scene = Scene.byBacklog(10);
    var first = scene.decide(95, 0).reason();

    assertThat(scene.decide(91, 8).reason()).isEqualTo(first);
    assertThat(scene.decide(70, 8).reason()).isEqualTo(first);
  }

  @Test
  void restsWhenNothingIsToBeDecided() {
    assertThat(Scene.byBacklog(10).decide(0, 0).again()).isEmpty();
    assertThat(Scene.byBacklog(10).decide(1, 0).again()).contains(Scene.POLL);
  }

  @Test
  void leavesAFixedNumberAsItIs() {
    var fixed = new ScalingPolicy.Fixed(3, "3: fixed by spec.replicas");
    var situation = new Situation(Figures.none(NOW, "away"), PodCounts.of(0, 0, 0), NOW);

    assertThat(Scaler.decide(fixed, situation, Memory.NONE))
        .isEqualTo(
            new Decision(
                3,
                Decision.Cause.FIXED,
                "3: fixed by spec.replicas",
                Optional.empty(),
                Optional.empty(),
                Memory.NONE,
                Optional.empty()));
  }

  @Test
  void refusesAPolicyThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Limits.between(3, 2, MINUTE, MINUTE))
        .withMessage("minReplicas 3 is above maxReplicas 2; lower the one or raise the other");
    assertThatIllegalArgumentException().isThrownBy(() -> new Target.Backlog(0));
    assertThatIllegalArgumentException().isThrownBy(() -> new Target.Wait(Duration.ZERO));
  }
}
