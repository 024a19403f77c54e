package dev.warren.operator.taskworker;

import static dev.warren.operator.taskworker.WorkerObservations.usual;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskWorker;
import dev.warren.operator.testing.ArgoHealth;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What Argo CD shows of the statuses of TaskWorkers.
class TaskWorkerHealthTest {
  private final TaskWorker worker = worker("replicas: 1");

  @Test
  void isHealthyAtZero() {
    assertThat(health(usual(), worker("autoscaling: {}")))
        .isEqualTo(new ArgoHealth("Healthy", "no pod is wanted"));
  }

  @Test
  void isProgressingWhilePodsStart() {
    assertThat(health(usual().withPods(Pods.starting()), worker))
        .isEqualTo(new ArgoHealth("Progressing", "pods are starting"));
  }

  @Test
  void isHealthyWhenPodsConsume() {
    assertThat(health(usual().withPods(Pods.ready()), worker))
        .isEqualTo(new ArgoHealth("Healthy", "pods consume the queue"));
  }

  @Test
  void isDegradedWhenPodsCrash() {
    assertThat(health(usual().withPods(Pods.crashing()), worker).status()).isEqualTo("Degraded");
  }

  @Test
  void isDegradedWhenSomePodsCrash() {
    var pods = usual().withPods(Pods.ready(), Pods.crashing());

    assertThat(health(pods, worker("replicas: 2")).status()).isEqualTo("Degraded");
  }

  @Test
  void isDegradedWithTheRemedyWithoutItsQueue() {
    assertThat(health(usual().withQueue(Optional.empty()), worker))
        .isEqualTo(
            new ArgoHealth(
                "Degraded",
                "TaskQueue 'image-resize' does not exist in namespace 'media'; create it or correct spec.queue"));
  }

  @Test
  void isProgressingUntilItsQueueWasLookedAt() {
    assertThat(health(usual().withQueue(Optional.of(queue("{}"))), worker))
        .isEqualTo(
            new ArgoHealth(
                "Progressing", "TaskQueue 'image-resize' is not ready: not looked at yet"));
  }

  @Test
  void isSuspendedWhilePaused() {
    assertThat(health(usual(), worker("paused: true")).status()).isEqualTo("Suspended");
  }

  private static ArgoHealth health(WorkerObservations observations, TaskWorker worker) {
    worker.setStatus(observations.plan(worker).status());
    return ArgoHealth.of(worker);
  }
}
