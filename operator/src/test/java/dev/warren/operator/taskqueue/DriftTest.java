package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.vhostOf;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.annotated;
import static dev.warren.operator.testing.Resources.condition;
import static dev.warren.operator.testing.Resources.conditions;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.absent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.Binding;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Permissions;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.broker.VhostSnapshot;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final String USER = "warren.publisher.media.image-resize";

  private final TaskQueue queue = reconciled(queue("{}"));
  private final VhostSnapshot vhost = vhostOf(queue("{}"));
  private final Secret secret =
      Observations.of(absent(), queue("{}")).plan().binding().orElseThrow();

  @Test
  void isNoneWhereNothingChanged() {
    assertThat(repairs(queue, vhost)).isEmpty();
  }

  @Test
  void isAQueueThatSomebodyDeleted() {
    assertThat(repairs(queue, vhost.with(new BrokerChange.DeleteQueue("image-resize"))))
        .containsExactly(
            "queue 'image-resize' is missing",
            "the binding of queue 'image-resize' to exchange 'warren.return' by key 'image-resize' is missing",
            "the binding of queue 'image-resize' to exchange 'tasks' by key 'image-resize' is missing");
  }

  @Test
  void isABindingThatSomebodyAddedOrRemoved() {
    var changed =
        vhost
            .with(new BrokerChange.Unbind(new Binding("tasks", "image-resize", "image-resize")))
            .with(new BrokerChange.Bind(new Binding("tasks", "image-resize", "#")));

    assertThat(repairs(queue, changed))
        .containsExactly(
            "the binding of queue 'image-resize' to exchange 'tasks' by key 'image-resize' is missing",
            "the binding of queue 'image-resize' to exchange 'tasks' by key '#' should not be there");
  }

  @Test
  void isAUserThatSomebodyChanged() {
    var changed =
        vhost
            .with(new BrokerChange.PutUser(USER, "guessed"))
            .with(new BrokerChange.PutPermissions(USER, new Permissions(".*", ".*", ".*")));

    assertThat(repairs(queue, changed))
        .containsExactly(
            "user 'warren.publisher.media.image-resize' is missing or has another password",
            "the permissions of user 'warren.publisher.media.image-resize' differ");
  }

  @Test
  void isAPolicyThatSomebodyEdited() {
    var edited =
        new Policy(
            "warren.tasks.quorum",
            "^(?!warren\\.|amq\\.)(?!.*\\.dlq$)",
            "quorum_queues",
            10,
            Map.of("max-length", 1L));

    assertThat(repairs(queue, vhost.with(new BrokerChange.PutPolicy(edited))))
        .containsExactly("the policies of queue 'image-resize' differ");
  }

  @Test
  void isNotWhatTheSpecAsksForAnew() {
    var changed = reconciled(queue("routingKeys: [a, b]\nmaxLength: 3"));
    changed.getMetadata().setGeneration(2L);

    assertThat(repairs(changed, vhost)).isEmpty();
  }

  @Test
  void isNotWhatWasNeverInOrder() {
    var failed =
        conditions(reconciled(queue("{}")), condition("Ready", "False", "BrokerUnreachable", NOW));

    assertThat(repairs(failed, absent())).isEmpty();
  }

  @Test
  void isNotWhatARotationOfCredentialsChanges() {
    var rotating = annotated(reconciled(queue("{}")), "warren.dev/rotate-credentials", "1");

    var plan = Observations.of(vhost, rotating).withSecret(secret).plan();

    assertThat(plan.changes())
        .contains(new BrokerChange.PutUser(USER + "~", Observations.PASSWORD));
    assertThat(plan.repairs()).isEmpty();
  }

  @Test
  void isNotWhatFollowsFromALostSecret() {
    var changed = vhost.with(new BrokerChange.PutUser(USER, "of the secret that was lost"));

    var plan = Observations.of(changed, queue).plan();

    assertThat(plan.binding()).isPresent();
    assertThat(plan.changes()).contains(new BrokerChange.PutUser(USER, Observations.PASSWORD));
    assertThat(plan.repairs()).isEmpty();
  }

  @Test
  void isToldInFewWords() {
    var found = IntStream.range(0, 9).mapToObj(i -> "queue '%d' is missing".formatted(i)).toList();

    assertThat(Drift.text(found)).endsWith("queue '7' is missing; and more");
    assertThat(Drift.text(List.of("a", "b"))).isEqualTo("a; b");
  }

  private List<String> repairs(TaskQueue planned, VhostSnapshot found) {
    return Observations.of(found, planned).withSecret(secret).plan().repairs();
  }
}
