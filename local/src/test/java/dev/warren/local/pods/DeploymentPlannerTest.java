package dev.warren.local.pods;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentPlannerTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final List<Pod> pods = new ArrayList<>();

  @Test
  void createsWhatIsMissing() {
    pod("a").ready();

    assertThat(plan(3).create()).isEqualTo(2);
  }

  @Test
  void doesNotCountPodsThatAreBeingDeleted() {
    pod("a").ready().beingDeleted();

    assertThat(plan(1).create()).isEqualTo(1);
  }

  @Test
  void removesPodsThatAreNotReadyFirst() {
    pod("ready").ready();
    pod("starting").cost(100);

    assertThat(deleted(plan(1))).containsExactly("starting");
  }

  @Test
  void removesTheCheapestOfReadyPods() {
    pod("busy").ready().cost(10);
    pod("idle").ready().cost(-10);
    pod("plain").ready();

    assertThat(deleted(plan(2))).containsExactly("idle");
    assertThat(deleted(plan(1))).containsExactly("idle", "plain");
  }

  @Test
  void removesTheYoungestOfEqualPods() {
    pod("old").ready().createdAt("2026-01-01T00:00:00Z");
    pod("young").ready().createdAt("2026-01-01T00:00:01Z");

    assertThat(deleted(plan(1))).containsExactly("young");
  }

  @Test
  void startsOneOfANewTemplateBeforeAnOldOneGoes() {
    pod("a").ofOldTemplate().ready();
    pod("b").ofOldTemplate().ready();

    var plan = plan(2);

    assertThat(plan.create()).isEqualTo(1);
    assertThat(plan.delete()).isEmpty();
  }

  @Test
  void removesAnOldOneWhenANewOneIsReady() {
    pod("a").ofOldTemplate().ready();
    pod("b").ofOldTemplate().ready();
    pod("new").ready();

    var plan = plan(2);

    assertThat(plan.create()).isZero();
    assertThat(plan.delete()).hasSize(1).doesNotContain(pods.getLast());
  }

  @Test
  void removesOldOnesThatNeverGotReady() {
    pod("a").ofOldTemplate();

    assertThat(deleted(plan(1))).containsExactly("a");
  }

  @Test
  void recreatingWaitsForTheOldOnesToBeGone() {
    pod("a").ofOldTemplate().ready();
    var deployment =
        new DeploymentBuilder(deployment(1))
            .editSpec()
            .withNewStrategy()
            .withType("Recreate")
            .endStrategy()
            .endSpec()
            .build();

    var first = DeploymentPlanner.plan(deployment, pods, NOW);
    pods.replaceAll(pod -> marked(pod));
    var second = DeploymentPlanner.plan(deployment, pods, NOW);
    pods.clear();
    var third = DeploymentPlanner.plan(deployment, pods, NOW);

    assertThat(deleted(first)).containsExactly("a");
    assertThat(first.create() + second.create()).isZero();
    assertThat(third.create()).isEqualTo(1);
  }

  @Test
  void scalesToZero() {
    pod("a").ready();

    assertThat(deleted(plan(0))).containsExactly("a");
  }

  @Test
  void countsPodsInStatusAndLeavesZeroesOut() {
    pod("a").ready();
    pod("b");

    var status = plan(3).status();

    assertThat(status.getReplicas()).isEqualTo(2);
    assertThat(status.getReadyReplicas()).isEqualTo(1);
    assertThat(status.getUpdatedReplicas()).isEqualTo(2);
    assertThat(status.getUnavailableReplicas()).isEqualTo(2);
    assertThat(status.getConditions())
        .extracting(DeploymentCondition::getType, DeploymentCondition::getStatus)
        .contains(tuple("Available", "False"));
    assertThat(new DeploymentPlannerTest().plan(0).status().getReplicas()).isNull();
  }

  private DeploymentPlan plan(int replicas) {
    return DeploymentPlanner.plan(deployment(replicas), pods, NOW);
  }

  private static List<String> deleted(DeploymentPlan plan) {
    return plan.delete().stream().map(pod -> pod.getMetadata().getName()).toList();
  }

  private static Deployment deployment(int replicas) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("d")
        .withGeneration(1L)
        .endMetadata()
        .withNewSpec()
        .withReplicas(replicas)
        .withNewTemplate()
        .withNewMetadata()
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  private Draft pod(String name) {
    pods.add(
        new PodBuilder()
            .withNewMetadata()
            .withName(name)
            .withCreationTimestamp("2026-01-01T00:00:00Z")
            .addToLabels(PodTemplates.HASH_LABEL, PodTemplates.hash(deployment(1)))
            .endMetadata()
            .withNewStatus()
            .endStatus()
            .build());
    return new Draft(pods.size() - 1);
  }

  private static Pod marked(Pod pod) {
    return new PodBuilder(pod)
        .editMetadata()
        .withDeletionTimestamp("2026-01-01T00:00:00Z")
        .endMetadata()
        .build();
  }

  /// Changes the pod at an index.
  private final class Draft {
    private final int index;

    Draft(int index) {
      this.index = index;
    }

    private PodBuilder builder() {
      return new PodBuilder(pods.get(index));
    }

    private Draft set(PodBuilder builder) {
      pods.set(index, builder.build());
      return this;
    }

    Draft ready() {
      return set(
          builder()
              .editStatus()
              .addNewCondition()
              .withType("Ready")
              .withStatus("True")
              .endCondition()
              .endStatus());
    }

    Draft cost(int cost) {
      var annotation = "controller.kubernetes.io/pod-deletion-cost";
      return set(
          builder()
              .editMetadata()
              .addToAnnotations(annotation, Integer.toString(cost))
              .endMetadata());
    }

    Draft createdAt(String time) {
      return set(builder().editMetadata().withCreationTimestamp(time).endMetadata());
    }

    Draft ofOldTemplate() {
      return set(
          builder().editMetadata().addToLabels(PodTemplates.HASH_LABEL, "old").endMetadata());
    }

    Draft beingDeleted() {
      pods.set(index, marked(pods.get(index)));
      return this;
    }
  }
}
