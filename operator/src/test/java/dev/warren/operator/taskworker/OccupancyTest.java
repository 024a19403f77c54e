package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.Holdings;
import dev.warren.operator.scaling.Held;
import dev.warren.operator.taskworker.Occupancy.Mark;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OccupancyTest {
  private static final Pod BUSY = pod("busy", "10.0.0.1");
  private static final Pod IDLE = pod("idle", "10.0.0.2");
  private static final Holdings HELD = new Holdings(Map.of("busy", 2L, "idle", 0L), Map.of());

  @Test
  void countsPodsThatHoldTasks() {
    assertThat(of(HELD, BUSY, IDLE).held()).contains(new Held(1, 2));
  }

  @Test
  void knowsNoCountWhileTheBrokerDoesNotKnowEachPod() {
    assertThat(of(HELD, BUSY, pod("new", "10.0.0.3")).held()).isEmpty();
  }

  @Test
  void knowsConsumersOfOtherNamesByTheirAddress() {
    var held = new Holdings(Map.of("ctag1.5", 1L), Map.of("10.0.0.1", 1L, "10.0.0.2", 0L));

    assertThat(of(held, BUSY, IDLE).held()).contains(new Held(1, 1));
  }

  @Test
  void marksIdlePodsBeforeTheFleetGetsSmaller() {
    var occupancy = of(HELD, BUSY, IDLE);

    assertThat(occupancy.isUnsettled(2, 1, NOW)).isTrue();
    assertThat(occupancy.marks(true, NOW)).containsExactly(new Mark(IDLE, Optional.of(NOW)));
  }

  @Test
  void marksNoneWhileTheFleetStays() {
    assertThat(of(HELD, BUSY, IDLE).marks(false, NOW)).isEmpty();
  }

  @Test
  void letsTheFleetGetSmallerByThoseThatAreMarkedForAMoment() {
    var occupancy = of(HELD, BUSY, marked(IDLE));

    assertThat(occupancy.isUnsettled(2, 1, NOW)).isTrue();
    assertThat(occupancy.isUnsettled(2, 1, NOW.plusSeconds(1))).isFalse();
    assertThat(occupancy.marks(true, NOW)).isEmpty();
  }

  @Test
  void takesTheMarkFromAPodThatWorksAgain() {
    assertThat(of(HELD, marked(BUSY)).marks(false, NOW))
        .containsExactly(new Mark(marked(BUSY), Optional.empty()));
  }

  @Test
  void waitsUntilTheBrokerTellsOfNewPods() {
    var occupancy = of(HELD, BUSY, pod("new", "10.0.0.3"));

    assertThat(occupancy.isUnsettled(2, 1, NOW)).isTrue();
    assertThat(occupancy.isUnsettled(2, 1, NOW.plusSeconds(15))).isFalse();
    assertThat(occupancy.marks(true, NOW)).isEmpty();
  }

  @Test
  void waitsWhileTheBrokerSaysNothing() {
    var occupancy = new Occupancy(List.of(BUSY, IDLE), Optional.empty());

    assertThat(occupancy.isUnsettled(2, 1, NOW.plusSeconds(15))).isTrue();
    assertThat(occupancy.marks(true, NOW)).isEmpty();
  }

  @Test
  void waitsForNothingWhereAllGo() {
    assertThat(of(HELD, BUSY, IDLE).isUnsettled(2, 0, NOW)).isFalse();
  }

  private static Occupancy of(Holdings holdings, Pod... pods) {
    return new Occupancy(List.of(pods), Optional.of(holdings));
  }

  private static Pod marked(Pod pod) {
    return pod.edit()
        .editMetadata()
        .addToAnnotations(Occupancy.COST, "-1")
        .addToAnnotations(Occupancy.SINCE, NOW.toString())
        .endMetadata()
        .build();
  }

  private static Pod pod(String name, String address) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(name)
        .endMetadata()
        .withNewStatus()
        .withPodIP(address)
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withLastTransitionTime(NOW.toString())
        .endCondition()
        .endStatus()
        .build();
  }
}
