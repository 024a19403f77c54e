package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.ConditionsAssert.assertThatConditions;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.crds.TaskWorker;
import dev.warren.operator.resource.Conditions;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscalerBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnginePlannerTest {
  private static final TaskWorker BY_HPA = worker("autoscaling: {engine: Hpa, targetBacklog: 10}");

  private static final Endpoint ENDPOINT =
      new Endpoint("https://metrics.warren.svc/sizes/resizer", "authority in PEM", "token");

  @Test
  void createsADeploymentOfTheWantedSizeWithItsAutoscaler() {
    var execution = plan(BY_HPA, WorkerObservations.usual().withBacklog(35, 0), engine());

    assertThat(deployment(execution).getSpec().getReplicas()).isEqualTo(4);
    assertThat(execution.engine()).hasSize(1).first().isInstanceOf(HorizontalPodAutoscaler.class);
    assertThat(execution.size()).isEmpty();
  }

  @Test
  void leavesTheSizeToTheAutoscaler() {
    var execution = plan(BY_HPA, existing(2).withBacklog(95, 0), engine(hpa(BY_HPA)));

    assertThat(deployments(execution)).isEmpty();
    assertThat(execution.engine()).isEmpty();
    assertThat(execution.size()).isEmpty();
    assertThat(scaling(execution)).isEqualTo(10);
  }

  @Test
  void changesTheTemplateWithoutASize() {
    var changed =
        worker("autoscaling: {engine: Hpa, targetBacklog: 10}\npodTemplate: {spec: {nodeName: n}}");

    var execution = plan(changed, existing(2).withBacklog(95, 0), engine(hpa(BY_HPA)));

    assertThat(deployment(execution).getSpec().getReplicas()).isNull();
  }

  @Test
  void goesFromNoneToTheWantedSizeByItself() {
    var execution = plan(BY_HPA, existing(0).withBacklog(95, 0), engine(hpa(BY_HPA)));

    assertThat(execution.size()).contains(new DeploymentSize("media", "resizer", 10));
  }

  @Test
  void doesNotTouchWhatStaysAtNone() {
    var execution = plan(BY_HPA, existing(0).withBacklog(0, 0), engine(hpa(BY_HPA)));

    assertThat(execution.size()).isEmpty();
    assertThat(execution.plan().objects()).noneMatch(Deployment.class::isInstance);
  }

  @Test
  void stopsAFleetThatIsPaused() {
    var paused = worker("autoscaling: {engine: Hpa}\npaused: true");

    var execution = plan(paused, existing(5), engine(hpa(BY_HPA)));

    assertThat(execution.size()).contains(new DeploymentSize("media", "resizer", 0));
  }

  @Test
  void stopsAFleetWithoutAQueue() {
    var execution = plan(BY_HPA, existing(5).withQueue(Optional.empty()), engine(hpa(BY_HPA)));

    assertThat(deployments(execution)).isEmpty();
    assertThat(execution.size()).contains(new DeploymentSize("media", "resizer", 0));
  }

  @Test
  void takesTheAutoscalerAwayBeforeTheOperatorWritesTheSize() {
    var direct = worker("autoscaling: {engine: Direct, targetBacklog: 10}");

    var execution =
        plan(
            direct,
            existing(2).withBacklog(95, 0),
            engine(AutoscalingSpec.Engine.Direct, "", Optional.of(hpa(direct))));

    assertThat(execution.former()).containsExactly(hpa(direct));
    assertThat(execution.engine()).isEmpty();
    assertThat(deployments(execution)).isEmpty();
    assertThat(execution.size()).contains(new DeploymentSize("media", "resizer", 10));
  }

  @Test
  void needsNoAutoscalerForAFixedSize() {
    var fixed = worker("replicas: 3");

    var execution =
        plan(
            fixed, existing(2), engine(AutoscalingSpec.Engine.Direct, "", Optional.of(hpa(fixed))));

    assertThat(execution.former()).hasSize(1);
    assertThat(deployment(execution).getSpec().getReplicas()).isEqualTo(3);
  }

  @Test
  void saysWhyNoAutoscalerCanAsk() {
    var execution =
        plan(
            BY_HPA,
            existing(2).withBacklog(20, 0),
            engine(AutoscalingSpec.Engine.Hpa, "somebody else has it; choose", Optional.empty()));

    assertThatConditions(execution.plan().status().conditions())
        .say("Degraded", "True", "MetricsApiUnavailable");
  }

  @Test
  void saysNothingOfTheMetricsApiWhereNobodyAsksIt() {
    var direct = worker("autoscaling: {}");

    var execution =
        plan(
            direct,
            existing(2).withBacklog(20, 0),
            engine(AutoscalingSpec.Engine.Direct, "somebody else has it", Optional.empty()));

    assertThat(Conditions.find(execution.plan().status().conditions(), "Degraded")).isEmpty();
  }

  @Test
  void handsAFleetOverToKeda() {
    var keda = worker("autoscaling: {engine: Keda}");

    var execution =
        plan(keda, existing(2), byKeda(true, Optional.of(ENDPOINT), Optional.of(hpa(keda))));

    assertThat(execution.former()).containsExactly(hpa(keda));
    assertThat(execution.engine())
        .extracting(HasMetadata::getKind)
        .containsExactly("Secret", "TriggerAuthentication", "ScaledObject");
    assertThat(deployments(execution)).isEmpty();
  }

  @Test
  void takesAFleetBackFromKeda() {
    var keda = worker("autoscaling: {engine: Keda}");
    var made = plan(keda, existing(2), byKeda(true, Optional.of(ENDPOINT), Optional.empty()));
    var scaledObject = (GenericKubernetesResource) made.engine().getLast();

    var execution =
        plan(
            BY_HPA,
            existing(2),
            new ObservedEngine(
                AutoscalingSpec.Engine.Hpa,
                "",
                true,
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.of(scaledObject)));

    assertThat(execution.former())
        .extracting(HasMetadata::getKind)
        .containsExactly("ScaledObject", "TriggerAuthentication");
    assertThat(execution.engine()).hasSize(1);
  }

  @Test
  void saysThatThereIsNoKeda() {
    var keda = worker("autoscaling: {engine: Keda}");

    var execution = plan(keda, existing(2), byKeda(false, Optional.of(ENDPOINT), Optional.empty()));

    assertThat(execution.engine()).isEmpty();
    assertThatConditions(execution.plan().status().conditions())
        .say("Degraded", "True", "KedaNotFound");
  }

  @Test
  void leavesAnAutoscalerOfSomebodyElseAlone() {
    var foreign =
        new HorizontalPodAutoscalerBuilder(hpa(BY_HPA))
            .editMetadata()
            .withOwnerReferences(List.of())
            .endMetadata()
            .build();

    var execution = plan(BY_HPA, existing(2).withBacklog(20, 0), engine(foreign));

    assertThat(execution.engine()).isEmpty();
    assertThat(execution.former()).isEmpty();
    assertThatConditions(execution.plan().status().conditions())
        .say("Degraded", "True", "AutoscalerConflict");
  }

  @Test
  void touchesNothingOfADeploymentOfSomebodyElse() {
    var foreign =
        new DeploymentBuilder(existing(2).observed().deployment().orElseThrow())
            .editMetadata()
            .withOwnerReferences(List.of())
            .endMetadata()
            .build();

    var execution = plan(BY_HPA, WorkerObservations.usual().withDeployment(foreign), engine());

    assertThat(execution.plan().objects()).isEmpty();
    assertThat(execution.engine()).isEmpty();
    assertThat(execution.size()).isEmpty();
  }

  private static EnginePlan plan(
      TaskWorker worker, WorkerObservations observations, ObservedEngine engine) {
    return EnginePlanner.plan(
        worker, observations.observed(), engine, observations.plan(worker), NOW);
  }

  /// With a Deployment of this size, as it was last applied.
  private static WorkerObservations existing(int replicas) {
    var first = WorkerObservations.usual();
    var applied = deployment(plan(BY_HPA, first, engine()));
    return first.withDeployment(
        new DeploymentBuilder(applied).editSpec().withReplicas(replicas).endSpec().build());
  }

  private static ObservedEngine byKeda(
      boolean installed, Optional<Endpoint> endpoint, Optional<HorizontalPodAutoscaler> hpa) {
    return new ObservedEngine(
        AutoscalingSpec.Engine.Keda, "not asked", true, installed, endpoint, hpa, Optional.empty());
  }

  private static ObservedEngine engine(HorizontalPodAutoscaler found) {
    return engine(AutoscalingSpec.Engine.Hpa, "", Optional.of(found));
  }

  private static ObservedEngine engine() {
    return engine(AutoscalingSpec.Engine.Hpa, "", Optional.empty());
  }

  private static ObservedEngine engine(
      AutoscalingSpec.Engine engine, String obstacle, Optional<HorizontalPodAutoscaler> found) {
    return new ObservedEngine(
        engine, obstacle, true, false, Optional.empty(), found, Optional.empty());
  }

  private static HorizontalPodAutoscaler hpa(TaskWorker worker) {
    return DesiredHpa.of(
        worker,
        Objects.requireNonNullElse(
            worker.getSpec().autoscaling(), Objects.requireNonNull(BY_HPA.getSpec().autoscaling())),
        true);
  }

  private static int scaling(EnginePlan execution) {
    return Objects.requireNonNull(execution.plan().status().scaling()).wanted();
  }

  private static Deployment deployment(EnginePlan execution) {
    return deployments(execution).getFirst();
  }

  private static List<Deployment> deployments(EnginePlan execution) {
    return execution.plan().objects().stream()
        .filter((HasMetadata object) -> object instanceof Deployment)
        .map(Deployment.class::cast)
        .toList();
  }
}
