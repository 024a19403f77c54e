package dev.warren.operator.scaling;

import static dev.warren.operator.testing.Resources.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ScalerTest {
  private static final Duration COOLDOWN = Duration.ofMinutes(1);
  private static final ScalingPolicy POLICY = new ScalingPolicy.ByBacklog(0, 10, 100, COOLDOWN);

  @Test
  void takesOnePodForTheFirstTask() {
    assertThat(decide(1, 0, 0).wanted()).isEqualTo(1);
  }

  @Test
  void countsTasksThatRun() {
    assertThat(decide(100, 101, 0).wanted()).isEqualTo(3);
  }

  @Test
  void goesUpAtOnceAndSaysWhy() {
    var decision = decide(2_345, 0, 1);

    assertThat(decision)
        .isEqualTo(
            new Decision(
                10,
                "10: 2,345 tasks wait or run, 100 for each pod, 0 to 10 pods",
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void startsToCoolDownWhenFewerPodsWouldBeEnough() {
    assertThat(decide(0, 0, 4))
        .isEqualTo(
            new Decision(
                4,
                "cooling down to 0: nothing waits and nothing runs",
                Optional.of(NOW),
                Optional.of(COOLDOWN)));
  }

  @Test
  void staysUntilTheCooldownIsOver() {
    var decision = Scaler.decide(POLICY, cooling(NOW.minusSeconds(59)), NOW);

    assertThat(decision.wanted()).isEqualTo(4);
    assertThat(decision.again()).contains(Duration.ofSeconds(1));
    assertThat(decision.lowerSince()).contains(NOW.minusSeconds(59));
  }

  @Test
  void goesDownWhenTheCooldownIsOver() {
    var decision = Scaler.decide(POLICY, cooling(NOW.minus(COOLDOWN)), NOW);

    assertThat(decision.wanted()).isEqualTo(0);
    assertThat(decision.lowerSince()).isEmpty();
  }

  @Test
  void forgetsTheCooldownWhenAllPodsAreNeededAgain() {
    var busy = new Situation(OptionalLong.of(400), OptionalLong.of(0), 4, Optional.of(NOW));

    assertThat(Scaler.decide(POLICY, busy, NOW).lowerSince()).isEmpty();
  }

  @Test
  void holdsTheSizeWhileFiguresAreUnknown() {
    var blind = new Situation(OptionalLong.of(0), OptionalLong.empty(), 4, Optional.of(NOW));

    assertThat(Scaler.decide(POLICY, blind, NOW.plus(COOLDOWN)))
        .isEqualTo(
            new Decision(
                4, "holding: the queue's figures are unknown", Optional.of(NOW), Optional.empty()));
  }

  @Test
  void fallsToANewMaximumAtOnce() {
    assertThat(decide(0, 0, 15).wanted()).isEqualTo(10);
  }

  @Test
  void leavesAFixedNumberAsItIs() {
    var fixed = new ScalingPolicy.Fixed(3, "3: fixed by spec.replicas");
    var blind = new Situation(OptionalLong.empty(), OptionalLong.empty(), 0, Optional.empty());

    assertThat(Scaler.decide(fixed, blind, NOW))
        .isEqualTo(
            new Decision(3, "3: fixed by spec.replicas", Optional.empty(), Optional.empty()));
  }

  @Test
  void refusesAPolicyThatCannotBe() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScalingPolicy.ByBacklog(3, 2, 100, COOLDOWN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScalingPolicy.ByBacklog(0, 2, 0, COOLDOWN));
  }

  @Property
  void staysWithinItsLimits(
      @ForAll("policies") ScalingPolicy.ByBacklog policy, @ForAll("situations") Situation now) {
    assertThat(Scaler.decide(policy, now, NOW).wanted()).isBetween(policy.min(), policy.max());
  }

  @Property
  void doesNotGoDownForWantOfFigures(
      @ForAll("policies") ScalingPolicy.ByBacklog policy, @ForAll("situations") Situation now) {
    var blind = new Situation(OptionalLong.empty(), now.running(), now.current(), now.lowerSince());

    assertThat(Scaler.decide(policy, blind, NOW).wanted())
        .isGreaterThanOrEqualTo(Math.min(now.current(), policy.max()));
  }

  @Property
  void keepsAPodWhileThereIsABacklog(
      @ForAll("policies") ScalingPolicy.ByBacklog policy, @ForAll("situations") Situation now) {
    var busy =
        new Situation(OptionalLong.of(1), OptionalLong.of(0), now.current(), now.lowerSince());

    assertThat(Scaler.decide(policy, busy, NOW).wanted()).isPositive();
  }

  @Property
  void goesDownOnlyAfterTheCooldown(
      @ForAll("policies") ScalingPolicy.ByBacklog policy, @ForAll("situations") Situation now) {
    var wanted = Scaler.decide(policy, now, NOW).wanted();

    var cooled =
        now.lowerSince().filter(since -> !NOW.isBefore(since.plus(policy.cooldown()))).isPresent();
    assertThat(
            wanted >= Math.min(now.current(), policy.max()) || cooled || policy.cooldown().isZero())
        .isTrue();
  }

  @Provide
  Arbitrary<ScalingPolicy.ByBacklog> policies() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 20),
            Arbitraries.integers().between(0, 1_000),
            Arbitraries.integers().between(1, 1_000_000),
            Arbitraries.integers().between(0, 600).map(Duration::ofSeconds))
        .as(
            (min, more, target, cooldown) ->
                new ScalingPolicy.ByBacklog(min, Math.max(1, min + more), target, cooldown));
  }

  @Provide
  Arbitrary<Situation> situations() {
    var figures =
        Arbitraries.longs()
            .between(0, Long.MAX_VALUE / 2)
            .map(OptionalLong::of)
            .injectNull(0.2)
            .map(figure -> figure == null ? OptionalLong.empty() : figure);
    Arbitrary<Instant> since = Arbitraries.integers().between(0, 1_000).map(NOW::minusSeconds);
    return Combinators.combine(
            figures, figures, Arbitraries.integers().between(0, 1_200), since.optional())
        .as(Situation::new);
  }

  private static Decision decide(long waiting, long running, int current) {
    return Scaler.decide(
        POLICY,
        new Situation(
            OptionalLong.of(waiting), OptionalLong.of(running), current, Optional.empty()),
        NOW);
  }

  private static Situation cooling(Instant since) {
    return new Situation(OptionalLong.of(0), OptionalLong.of(0), 4, Optional.of(since));
  }
}
