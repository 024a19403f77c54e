package dev.warren.operator.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.Queue;
import dev.warren.operator.testing.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DesiredTopologyTest {
  private static final Golden GOLDEN = Golden.folder("topology");

  @ParameterizedTest
  @MethodSource("cases")
  void followsFromTheSpec(String name) {
    GOLDEN.check(name, DesiredTopology.of(Settings.of(GOLDEN.input(name))));
  }

  static List<String> cases() {
    return GOLDEN.cases();
  }

  @Test
  void declaresTheTaskQueueLast() {
    assertThat(DesiredTopology.of(Settings.of("{}")).queues().getLast().name())
        .isEqualTo("image-resize");
  }

  @Test
  void sharesDelayQueuesBetweenPlansThatHaveADelayInCommon() {
    var one = DesiredTopology.of(Settings.of("retry: {maxAttempts: 2}"));
    var other = DesiredTopology.of(Settings.of("retry: {maxAttempts: 3}"));

    assertThat(other.queues()).containsAll(delayQueues(one));
  }

  @Test
  void keepsAFewTasksOfEachDelayApartFromTheRest() {
    assertThat(delayQueues(DesiredTopology.of(Settings.of("retry: {maxAttempts: 2, jitter: 0.2}"))))
        .extracting(queue -> queue.arguments().get("x-message-ttl"))
        .containsExactly(1_000L, 1_100L, 1_200L);
  }

  @Test
  void leavesPrioritiesOfAQuorumQueueToTheBroker() {
    assertThat(taskQueue("priorities: 9").arguments()).doesNotContainKey("x-max-priority");
  }

  @Test
  void declaresPrioritiesOfAClassicQueue() {
    assertThat(taskQueue("type: Classic\npriorities: 9").arguments())
        .containsAllEntriesOf(Map.of("x-queue-type", "classic", "x-max-priority", 9L));
  }

  private static Queue taskQueue(String spec) {
    return DesiredTopology.of(Settings.of(spec)).queues().getLast();
  }

  private static List<Queue> delayQueues(DesiredTopology topology) {
    return topology.queues().stream()
        .filter(queue -> queue.name().startsWith("warren.delay."))
        .toList();
  }
}
