package dev.warren.operator.taskworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerStatus;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.scaling.Share;
import dev.warren.operator.testing.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharingTest {
  private static final TaskWorker OLD =
      worker("old", "autoscaling: {maxReplicas: 3}\nconcurrency: 10");
  private static final TaskWorker YOUNG = worker("young", "replicas: 1\nconcurrency: 10");

  @Test
  void givesAllToOneThatIsAlone() {
    assertThat(of(OLD, List.of(OLD))).isEqualTo(Share.WHOLE);
  }

  @Test
  void dividesByWhatMostPodsCanRun() {
    assertThat(of(OLD, List.of(YOUNG, OLD))).isEqualTo(new Share(0, 0.75, 2));
    assertThat(of(YOUNG, List.of(YOUNG, OLD))).isEqualTo(new Share(0.75, 1, 2));
  }

  @Test
  void leavesThoseOutThatArePaused() {
    assertThat(of(OLD, List.of(OLD, worker("young", "paused: true")))).isEqualTo(Share.WHOLE);
  }

  @Test
  void leavesThoseOutThatCannotWork() {
    var broken = worker("young", "replicas: 1", Verdict.notReady("PodsFailing", "no such image"));

    assertThat(of(OLD, List.of(OLD, broken))).isEqualTo(Share.WHOLE);
  }

  @Test
  void countsThoseThatStart() {
    var starting = worker("young", "replicas: 3", Verdict.notReady("Starting", "none yet"));

    assertThat(of(OLD, List.of(OLD, starting)).fleets()).isEqualTo(2);
  }

  @Test
  void countsItselfWhateverItsState() {
    var broken = worker("young", "replicas: 3", Verdict.notReady("PodsFailing", "no such image"));

    assertThat(of(broken, List.of(OLD, broken)).fleets()).isEqualTo(2);
  }

  @Test
  void givesAllToEachWhereNoneCanRunAny() {
    var none = worker("young", "replicas: 0");

    assertThat(of(none, List.of(none, worker("old", "replicas: 0")))).isEqualTo(Share.WHOLE);
  }

  @Test
  void dividesByWhatTheCeilingOfTheBrokerLeaves() {
    var unbounded = worker("old", "autoscaling: {}\nconcurrency: 10");
    var broker = Resources.broker("ceilings: {workers: 4}");

    assertThat(Sharing.of(unbounded, List.of(unbounded, YOUNG), broker))
        .isEqualTo(new Share(0, 0.8, 2));
  }

  private static Share of(TaskWorker worker, List<TaskWorker> consumers) {
    return Sharing.of(worker, consumers, Resources.broker(""));
  }

  private static TaskWorker worker(String name, String spec) {
    return worker(name, spec, Verdict.ready("Consuming", "pods consume the queue"));
  }

  private static TaskWorker worker(String name, String spec, Verdict verdict) {
    var worker = Resources.worker(spec);
    worker.getMetadata().setName(name);
    worker.getMetadata().setUid("uid-of-" + name);
    worker
        .getMetadata()
        .setCreationTimestamp(name.equals("old") ? "2026-01-01T00:00:00Z" : "2026-02-01T00:00:00Z");
    worker.setStatus(
        new TaskWorkerStatus(
            1L, Conditions.of(List.of(verdict), null, 1L, Resources.NOW), null, null, null, null));
    return worker;
  }
}
