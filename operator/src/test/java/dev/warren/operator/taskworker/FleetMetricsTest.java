package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskWorker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class FleetMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final FleetMetrics metrics = new FleetMetrics(registry);
  private final TaskWorker worker = worker("autoscaling: {targetBacklog: 10}");

  @Test
  void tellsOfEachFleetWhatItsSizeIsDecidedFrom() {
    keep(WorkerObservations.usual().withBacklog(25, 5).withPods(Pods.ready()));

    assertThat(value("replicas.wanted")).isEqualTo(3);
    assertThat(value("replicas.ready")).isEqualTo(1);
    assertThat(value("tasks.ready")).isEqualTo(25);
    assertThat(value("tasks.unacknowledged")).isEqualTo(5);
    assertThat(value("service.seconds")).isNaN();
    assertThat(value("size.held")).isZero();
  }

  @Test
  void tellsWhatIsNow() {
    keep(WorkerObservations.usual().withBacklog(25, 0));
    keep(WorkerObservations.usual().withBacklog(3, 0));

    assertThat(value("tasks.ready")).isEqualTo(3);
  }

  @Test
  void hasNothingOfAFleetThatIsGone() {
    keep(WorkerObservations.usual());

    metrics.forget(worker);

    assertThat(registry.getMeters()).isEmpty();
  }

  private void keep(WorkerObservations observations) {
    var plan = observations.plan(worker);
    metrics.keep(worker, plan.status(), plan.inputs());
  }

  private double value(String name) {
    return registry
        .get("warren.taskworker." + name)
        .tags("namespace", "media", "taskworker", "resizer")
        .gauge()
        .value();
  }
}
