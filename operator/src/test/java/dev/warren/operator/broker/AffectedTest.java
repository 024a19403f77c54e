package dev.warren.operator.broker;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static dev.warren.operator.testing.Snapshots.holding;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.DelayLane;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AffectedTest {
  private static final Queue QUEUE = new Queue("resize", Map.of("x-queue-type", "classic"));
  private static final Queue LANE =
      new Queue(new DelayLane(Duration.ofSeconds(1), 0).name(), Map.of("x-queue-type", "classic"));
  private static final Binding BINDING = new Binding("tasks", "resize", "key");
  private static final VhostSnapshot VHOST =
      after(
          absent(),
          List.of(
              new BrokerChange.CreateVhost(),
              new BrokerChange.DeclareExchange(new Exchange("tasks", "topic")),
              new BrokerChange.DeclareQueue(QUEUE),
              new BrokerChange.DeclareQueue(LANE),
              new BrokerChange.Bind(BINDING),
              new BrokerChange.PutUser("user", "password")));

  @Test
  void isNoQueueWhenNothingDiffers() {
    assertThat(Affected.between(VHOST, VHOST)).isEqualTo(new Affected.Some(Set.of()));
  }

  @Test
  void isTheQueueWhoseFiguresDiffer() {
    assertThat(Affected.between(VHOST, holding(VHOST, "resize", 1, 0)))
        .isEqualTo(new Affected.Some(Set.of("resize")));
  }

  @Test
  void isNoQueueWhenTheBrokerDoesNotKnowYetThatItIsEmpty() {
    var unknown = VHOST.withFigures("resize", QueueFigures.UNKNOWN);

    assertThat(Affected.between(VHOST, unknown).isEmpty()).isTrue();
    assertThat(Affected.between(unknown, VHOST).includes("resize")).isTrue();
  }

  @Test
  void isTheQueueThatIsGone() {
    var gone = VHOST.with(new BrokerChange.DeleteQueue("resize"));

    assertThat(Affected.between(VHOST, gone)).isEqualTo(new Affected.Some(Set.of("resize")));
    assertThat(Affected.between(gone, VHOST)).isEqualTo(new Affected.Some(Set.of("resize")));
  }

  @Test
  void isTheQueueWhoseBindingsDiffer() {
    var unbound = VHOST.with(new BrokerChange.Unbind(BINDING));

    assertThat(Affected.between(VHOST, unbound)).isEqualTo(new Affected.Some(Set.of("resize")));
    assertThat(Affected.between(unbound, VHOST)).isEqualTo(new Affected.Some(Set.of("resize")));
  }

  @ParameterizedTest
  @MethodSource
  void isEveryQueueWhenSomethingSharedDiffers(BrokerChange change) {
    assertThat(Affected.between(VHOST, VHOST.with(change))).isEqualTo(new Affected.All());
  }

  static Stream<BrokerChange> isEveryQueueWhenSomethingSharedDiffers() {
    return Stream.of(
        new BrokerChange.DeclareExchange(new Exchange("tasks", "direct")),
        new BrokerChange.DeleteExchange("tasks"),
        new BrokerChange.DeleteQueue(LANE.name()),
        new BrokerChange.Bind(new Binding("tasks", LANE.name(), "")),
        new BrokerChange.PutPolicy(new Policy("limits", ".*", 0, Map.of("max-length", 1L))),
        new BrokerChange.PutOperatorPolicy(
            new Policy("ceiling", ".*", 0, Map.of("max-length", 1L))),
        new BrokerChange.PutVhostLimit("max-connections", 1),
        new BrokerChange.Bind(
            new Binding("tasks", Binding.Kind.EXCHANGE, "shards", "key", Map.of())));
  }

  @Test
  void isNoQueueWhenOnlyUsersDiffer() {
    var changed = VHOST.with(new BrokerChange.DeleteUser("user"));

    assertThat(Affected.between(VHOST, changed).isEmpty()).isTrue();
  }

  @Test
  void isNotEveryQueueWhenTasksEnterADelayQueue() {
    var retrying = holding(VHOST, LANE.name(), 1, 0);

    assertThat(Affected.between(VHOST, retrying).includes("resize")).isFalse();
  }

  @Test
  void isEveryQueueOfAVhostThatAppears() {
    assertThat(Affected.between(absent(), VHOST).includes("anything")).isTrue();
  }
}
