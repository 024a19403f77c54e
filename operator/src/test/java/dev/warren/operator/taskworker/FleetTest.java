package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.deleted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.resource.Verdict;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FleetTest {
  private static final String FAILURE =
      "container 'worker' ended with exit code 78: no class 'com.example.Resize'";
  private static final Verdict STARTING =
      Verdict.progressing(true, "Starting", "pods are starting");

  @Test
  void isReadyWhenNoPodIsWanted() {
    assertThat(verdicts(0)).containsExactly(Verdict.ready("ScaledToZero", "no pod is wanted"));
  }

  @Test
  void isReadyWhenAllPodsConsume() {
    assertThat(verdicts(2, Pods.ready(), Pods.ready()))
        .containsExactly(Verdict.ready("Consuming", "pods consume the queue"));
  }

  @Test
  void isReadyWhilePodsAreAdded() {
    assertThat(verdicts(2, Pods.ready(), Pods.starting()))
        .containsExactly(Verdict.ready("Consuming", "pods consume the queue"), STARTING);
  }

  @Test
  void isNotReadyBeforeTheFirstPodConsumes() {
    assertThat(verdicts(1, Pods.starting()))
        .containsExactly(Verdict.notReady("Starting", "no pod consumes yet"), STARTING);
    assertThat(verdicts(1, Pods.withoutStatus()))
        .containsExactly(Verdict.notReady("Starting", "no pod consumes yet"), STARTING);
  }

  @Test
  void repeatsTheLastWordsOfACrashedPod() {
    assertThat(verdicts(1, Pods.crashing()))
        .containsExactly(
            Verdict.notReady("PodsFailing", FAILURE), Verdict.degraded("PodsFailing", FAILURE));
  }

  @Test
  void isReadyButDegradedWhileSomePodsCrash() {
    assertThat(verdicts(2, Pods.ready(), Pods.crashing()))
        .containsExactly(
            Verdict.ready("Consuming", "pods consume the queue"),
            Verdict.degraded("PodsFailing", FAILURE));
  }

  @Test
  void namesAnImageThatCannotBePulled() {
    var pod = Pods.failing("state: {waiting: {reason: ErrImagePull, message: at 12:00:01}}");

    assertThat(verdicts(1, pod))
        .contains(
            Verdict.notReady(
                "PodsFailing",
                "container 'worker' with image 'example/resize:1' waits: ErrImagePull"));
  }

  @Test
  void doesNotBlameAPodThatStoppedAsItShould() {
    var pod =
        Pods.failing(
            """
            state: {running: {}}
              lastState: {terminated: {exitCode: 0}}
            """);

    assertThat(verdicts(1, pod)).contains(Verdict.notReady("Starting", "no pod consumes yet"));
  }

  @Test
  void countsThePodsThatConsume() {
    assertThat(new Fleet(3, List.of(Pods.ready(), Pods.starting(), Pods.ready())).ready())
        .isEqualTo(2);
  }

  @Test
  void doesNotCountAPodThatIsBeingDeletedAmongThoseThatFetch() {
    var fleet = new Fleet(2, List.of(deleted(Pods.ready(), NOW), Pods.ready(), Pods.starting()));

    assertThat(fleet.ready()).isEqualTo(2);
    assertThat(fleet.consuming()).isEqualTo(1);
  }

  private static List<Verdict> verdicts(int wanted, Pod... pods) {
    return new Fleet(wanted, List.of(pods)).verdicts(Optional.empty());
  }
}
