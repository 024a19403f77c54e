package dev.warren.operator.broker;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class VhostSnapshotTest {
  private static final Exchange EXCHANGE = new Exchange("tasks", "topic");
  private static final Queue QUEUE = new Queue("resize", Map.of("x-queue-type", "quorum"));
  private static final Binding BINDING = new Binding("tasks", "resize", "key");
  private static final Policy POLICY = new Policy("limits", ".*", 0, Map.of("max-length", 1L));
  private static final VhostSnapshot VHOST =
      after(
          absent(),
          List.of(
              new BrokerChange.CreateVhost(),
              new BrokerChange.DeclareExchange(EXCHANGE),
              new BrokerChange.DeclareQueue(QUEUE),
              new BrokerChange.Bind(BINDING),
              new BrokerChange.PutPolicy(POLICY),
              new BrokerChange.PutUser("user", "password"),
              new BrokerChange.PutPermissions("user", new Permissions("", "a", "b"))));

  @Test
  void holdsWhatWasMade() {
    assertThat(VHOST.exists()).isTrue();
    assertThat(VHOST.exchanges()).containsExactly(Map.entry("tasks", EXCHANGE));
    assertThat(VHOST.queues()).containsExactly(Map.entry("resize", QUEUE));
    assertThat(VHOST.bindings().stream()).containsExactly(BINDING);
    assertThat(VHOST.policies().policies()).containsExactly(Map.entry("limits", POLICY));
    assertThat(VHOST.users().permissions()).containsKey("user");
  }

  @Test
  void holdsAHashThatMatchesTheNewPassword() {
    var hash = Objects.requireNonNull(VHOST.users().passwordHash("user"));

    assertThat(PasswordHash.matches(hash, "password")).isTrue();
  }

  @Test
  void losesTheBindingsOfADeletedQueue() {
    var after = VHOST.with(new BrokerChange.DeleteEmptyQueue(QUEUE));

    assertThat(after.queues()).isEmpty();
    assertThat(after.bindings().stream()).isEmpty();
  }

  @Test
  void losesTheBindingsOfADeletedExchange() {
    var after = VHOST.with(new BrokerChange.DeleteExchange("tasks"));

    assertThat(after.exchanges()).isEmpty();
    assertThat(after.bindings().stream()).isEmpty();
  }

  @Test
  void losesTheBindingThatWasRemovedAndNoOther() {
    var other = new Binding("tasks", "resize", "other");

    var after = VHOST.with(new BrokerChange.Bind(other)).with(new BrokerChange.Unbind(BINDING));

    assertThat(after.bindings().stream()).containsExactly(other);
  }

  @Test
  void losesAPolicy() {
    assertThat(VHOST.with(new BrokerChange.DeletePolicy("limits")).policies().policies()).isEmpty();
  }

  @Test
  void losesAUserWithItsPermissions() {
    var after = VHOST.with(new BrokerChange.DeleteUser("user"));

    assertThat(after.users().passwordHashes()).isEmpty();
    assertThat(after.users().permissions()).isEmpty();
  }

  @Test
  void isTheSameWhenAStepIsTakenAgain() {
    assertThat(VHOST.with(new BrokerChange.DeclareQueue(QUEUE))).isEqualTo(VHOST);
    assertThat(VHOST.with(new BrokerChange.DeleteQueue("other"))).isEqualTo(VHOST);
  }

  @Test
  void knowsThatAQueueIsEmptyThatWasDeclaredJustNow() {
    assertThat(VHOST.figuresOf("resize")).isEqualTo(QueueFigures.ZERO);
  }

  @Test
  void knowsNothingOfTheMessagesOfAQueueThatIsNotThere() {
    assertThat(VHOST.figuresOf("other")).isEqualTo(QueueFigures.UNKNOWN);
  }
}
