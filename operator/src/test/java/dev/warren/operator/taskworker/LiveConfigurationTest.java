package dev.warren.operator.taskworker;

import static dev.warren.operator.taskworker.WorkerObservations.usual;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.deleted;
import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskWorker;
import dev.warren.model.RateLimit;
import dev.warren.model.WorkerConfiguration;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// What changes in pods that run.
class LiveConfigurationTest {
  private static final TaskWorker WORKER = worker("replicas: 3");
  private static final TaskWorker SHARING = worker("replicas: 3\nrateLimit: {tasks: 120}");

  @Test
  void aChangeThatPodsTakeWhileTheyRunIsWrittenForThemAndRollsNone() {
    var plan = after(WORKER, Pods.ready()).plan(worker("replicas: 3\nconcurrency: 20"));

    assertThat(plan.objects()).extracting(HasMetadata::getKind).containsExactly("ConfigMap");
    assertThat(plan.outdated()).hasSize(1);
  }

  @Test
  void podsThatHaveWhatIsWrittenAreLeftAlone() {
    var plan = after(WORKER, Pods.ready()).plan(worker("replicas: 4"));

    assertThat(plan.objects()).extracting(HasMetadata::getKind).containsExactly("Deployment");
    assertThat(plan.outdated()).isEmpty();
  }

  @Test
  void aPodThatIsBeingDeletedKeepsWhatItHas() {
    var pods = new Pod[] {deleted(Pods.ready(), NOW), Pods.ready()};

    var plan = after(WORKER, pods).plan(worker("replicas: 3\nconcurrency: 20"));

    assertThat(plan.outdated()).containsExactly(pods[1]);
  }

  @Test
  void theLimitOfAFleetIsSharedAmongThePodsThatConsume() {
    var plan = usual().withPods(Pods.ready(), Pods.starting(), Pods.ready()).plan(SHARING);

    assertThat(limit(plan)).isEqualTo(new RateLimit(60, Duration.ofMinutes(1), 1, false));
  }

  @Test
  void theLimitIsSharedAnewWhenAPodIsReadyOrLeaves() {
    var before = after(SHARING, Pods.ready(), Pods.starting());

    var grown = before.withPods(Pods.ready(), Pods.ready(), Pods.ready()).plan(SHARING);
    var shrunk =
        after(SHARING, Pods.ready(), Pods.ready())
            .withPods(Pods.ready(), deleted(Pods.ready(), NOW))
            .plan(SHARING);

    assertThat(limit(grown).tasks()).isEqualTo(40);
    assertThat(grown.objects()).extracting(HasMetadata::getKind).containsExactly("ConfigMap");
    assertThat(limit(shrunk).tasks()).isEqualTo(120);
  }

  @Test
  void theFirstPodOfAFleetMayUseAllOfIt() {
    assertThat(limit(usual().plan(SHARING)).tasks()).isEqualTo(120);
  }

  @Test
  void theLimitOfEachPodIsNotShared() {
    var each = worker("replicas: 3\nrateLimit: {tasks: 120, scope: Pod, burst: 9}");

    assertThat(limit(usual().withPods(Pods.ready(), Pods.ready()).plan(each)))
        .isEqualTo(new RateLimit(120, Duration.ofMinutes(1), 9, false));
  }

  @Test
  void aLimitInRedisIsWhole() {
    var exact = worker("replicas: 3\nrateLimit: {tasks: 120, redis: {secretRef: {name: limits}}}");

    var plan = usual().withPods(Pods.ready(), Pods.ready()).withStore("limits", "uri").plan(exact);

    assertThat(limit(plan)).isEqualTo(new RateLimit(120, Duration.ofMinutes(1), 2, true));
  }

  /// All that the plan for this TaskWorker writes is there, and these pods.
  private static WorkerObservations after(TaskWorker worker, Pod... pods) {
    var observations = usual().withPods(pods);
    var plan = observations.plan(worker);
    return observations.withObjects(plan.objects());
  }

  private static RateLimit limit(TaskWorkerPlan plan) {
    var properties = new Properties();
    try {
      var file = find(ConfigMap.class, plan).orElseThrow().getData().get("worker.properties");
      properties.load(new StringReader(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return WorkerConfiguration.parse(
            properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(name -> name, properties::getProperty)))
        .flow()
        .rateLimit()
        .orElseThrow();
  }

  private static <T extends HasMetadata> Optional<T> find(Class<T> kind, TaskWorkerPlan plan) {
    return plan.objects().stream().filter(kind::isInstance).map(kind::cast).findFirst();
  }
}
