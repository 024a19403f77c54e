package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskWorker;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FleetMetricsTest {
  private final FleetMetrics metrics = new FleetMetrics();
  private final TaskWorker worker =
      worker("autoscaling: {targetWait: 90s, maxReplicas: 7}\nconcurrency: 1");

  @Test
  void tellsOfEachFleetWhatItsSizeIsDecidedFrom() {
    keep(WorkerObservations.usual().withBacklog(25, 5).withPods(Pods.ready()));

    assertThat(value("replicas_wanted")).isOne();
    assertThat(value("replicas_ready")).isEqualTo(1);
    assertThat(value("replicas_max")).isEqualTo(7);
    assertThat(value("target_wait_seconds")).isEqualTo(90);
    assertThat(value("tasks_ready")).isEqualTo(25);
    assertThat(value("tasks_unacknowledged")).isEqualTo(5);
    assertThat(value("service_seconds")).isNaN();
    assertThat(value("size_held")).isZero();
  }

  @Test
  void tellsWhichQueueAFleetConsumes() {
    assertThat(point("info", worker).getLabels().get("taskqueue"))
        .isEqualTo(worker.getSpec().queue());
  }

  @Test
  void tellsWhatIsNow() {
    keep(WorkerObservations.usual().withBacklog(25, 0));
    keep(WorkerObservations.usual().withBacklog(3, 0));

    assertThat(value("tasks_ready")).isEqualTo(3);
  }

  @Test
  void knowsNothingOfAFleetThatWasForgotten() {
    keep(WorkerObservations.usual().withBacklog(25, 0));

    metrics.forget(worker);

    assertThat(value("tasks_ready")).isNaN();
  }

  @Test
  void tellsTheCeilingOfTheBrokerWhereItIsTheMost() {
    var unbounded = worker("autoscaling: {}");

    metrics.keep(unbounded, Optional.of(broker("ceilings: {workers: 4}")), Optional.empty());

    assertThat(value("replicas_max", unbounded)).isEqualTo(4);
  }

  private void keep(WorkerObservations observations) {
    var plan = observations.plan(worker);
    worker.setStatus(plan.status());
    metrics.keep(worker, Optional.of(broker("")), plan.inputs());
  }

  private double value(String name) {
    return value(name, worker);
  }

  private double value(String name, TaskWorker worker) {
    return point(name, worker).getValue();
  }

  private GaugeSnapshot.GaugeDataPointSnapshot point(String name, TaskWorker worker) {
    return metrics.of(() -> Stream.of(worker)).collect().stream()
        .filter(it -> it.getMetadata().getName().equals("warren_taskworker_" + name))
        .map(GaugeSnapshot.class::cast)
        .map(it -> it.getDataPoints().getFirst())
        .filter(it -> "resizer".equals(it.getLabels().get("taskworker")))
        .findFirst()
        .orElseThrow();
  }
}
