package dev.warren.operator.resource;

import static dev.warren.operator.testing.Resources.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
  private static final Instant LATER = NOW.plus(Duration.ofMinutes(5));
  private static final Verdict READY = Verdict.ready("Reconciled", "all is well");
  private static final Verdict NOT_READY = Verdict.notReady("BrokerUnreachable", "it is away");

  @Test
  void sayWhatTheVerdictSays() {
    assertThat(Conditions.of(List.of(NOT_READY), null, 7L, NOW.plusNanos(5)))
        .contains(
            new ConditionBuilder()
                .withType("Ready")
                .withStatus("False")
                .withReason("BrokerUnreachable")
                .withMessage("it is away")
                .withObservedGeneration(7L)
                .withLastTransitionTime("2026-11-22T12:00:00Z")
                .build());
  }

  @Test
  void keepTheTimeWhileTheStatusStays() {
    var other = Verdict.notReady("BrokerUnauthorized", "wrong password");

    assertThat(Conditions.of(List.of(other), at(NOW, NOT_READY), 1L, LATER))
        .extracting(Condition::getLastTransitionTime)
        .containsOnly(NOW.toString());
  }

  @Test
  void takeTheTimeWhenTheStatusTurns() {
    assertThat(Conditions.of(List.of(READY), at(NOW, NOT_READY), 1L, LATER))
        .extracting(Condition::getLastTransitionTime)
        .containsExactly(LATER.toString());
  }

  @Test
  void dropWhatNoVerdictSaysAnyMore() {
    var progressing = Verdict.progressing(true, "Starting", "pods are starting");

    assertThat(Conditions.of(List.of(READY), at(NOW, READY, progressing), 1L, LATER))
        .extracting(Condition::getType)
        .containsExactly("Ready");
  }

  @Test
  void sumUpWhatNeedsSomebody() {
    assertThat(types(NOT_READY)).containsExactly("Ready", "Stalled");
    assertThat(types(READY, Verdict.degraded("PodsFailing", "exit code 1")))
        .containsExactly("Ready", "Degraded", "Stalled");
  }

  @Test
  void sumUpWhatEndsByItself() {
    assertThat(types(Verdict.pending("BrokerPending", "not read yet")))
        .containsExactly("Ready", "Reconciling");
    assertThat(types(NOT_READY, NOT_READY.progressing(true)))
        .containsExactly("Ready", "Progressing", "Reconciling");
  }

  @Test
  void sumUpTroubleRatherThanWork() {
    assertThat(
            types(
                READY,
                Verdict.progressing(true, "Starting", "pods are starting"),
                Verdict.degraded("PodsFailing", "exit code 1")))
        .containsExactly("Ready", "Progressing", "Degraded", "Stalled");
  }

  @Test
  void doNotSumUpWhatWaitsForAnAgreement() {
    assertThat(types(READY, READY.progressing(false))).containsExactly("Ready", "Progressing");
    assertThat(types(NOT_READY, NOT_READY.progressing(false)))
        .containsExactly("Ready", "Progressing");
  }

  @Test
  void sayOfWhichVerdictsTheyWereMade() {
    var verdicts =
        List.of(
            Verdict.pending("BrokerPending", "not read yet"),
            Verdict.degraded("PodsFailing", "exit code 1"));

    assertThat(Conditions.verdicts(Conditions.of(verdicts, null, 1L, NOW))).isEqualTo(verdicts);
    assertThat(Conditions.verdicts(null)).isEmpty();
  }

  @Test
  void areEqualWhenNothingChangedButTheTime() {
    assertThat(Conditions.of(List.of(READY), at(NOW, READY), 1L, LATER)).isEqualTo(at(NOW, READY));
  }

  @Test
  void changeReadinessWithStatusOrReason() {
    var otherReason = Verdict.ready("Consuming", "all is well");

    assertThat(Conditions.readinessChanged(null, at(NOW, READY))).isTrue();
    assertThat(Conditions.readinessChanged(at(NOW, NOT_READY), at(NOW, READY))).isTrue();
    assertThat(Conditions.readinessChanged(at(NOW, READY), at(NOW, otherReason))).isTrue();
  }

  @Test
  void doNotChangeReadinessWithTheMessage() {
    var otherMessage = Verdict.ready("Reconciled", "all is still well");

    assertThat(Conditions.readinessChanged(at(NOW, READY), at(LATER, otherMessage))).isFalse();
  }

  private static List<String> types(Verdict... verdicts) {
    return at(NOW, verdicts).stream().map(Condition::getType).toList();
  }

  private static List<Condition> at(Instant time, Verdict... verdicts) {
    return Conditions.of(List.of(verdicts), null, 1L, time);
  }
}
