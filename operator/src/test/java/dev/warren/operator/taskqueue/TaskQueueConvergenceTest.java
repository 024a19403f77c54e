package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.PLANNER;
import static dev.warren.operator.taskqueue.Observations.settled;
import static dev.warren.operator.taskqueue.Observations.vhostOf;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueStatus;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.testing.Resources;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A TaskQueue whose spec changes, beside a neighbour in the same vhost: wherever the operator
/// stops, it goes on to the same end.
class TaskQueueConvergenceTest {
  private static final int TRIES = 100;

  /// Three generations at most, of tasks and of dead letters, each looked at twice.
  private static final int MANY_ROUNDS = 20;

  /// @param before the spec that the queue was made by, if it was
  record Change(Optional<String> before, String spec, TaskQueue neighbour) {
    VhostSnapshot vhost() {
      return before.map(spec -> vhostOf(queue(spec))).orElse(absent());
    }

    TaskQueue queue() {
      var queue = Resources.queue(spec);
      before.ifPresent(
          was -> queue.setStatus(Observations.of(vhost(), queue(was)).plan().status()));
      return queue;
    }

    private static TaskQueue queue(String spec) {
      return Resources.queue(spec);
    }
  }

  @Property(tries = TRIES)
  void leavesNothingToDo(@ForAll("changes") Change change) {
    var end = drained(change, change.vhost());

    assertThat(end.status().migration()).isNull();
    assertThat(end.status().queues()).hasSize(Settings.of(change.spec()).shape().shards());
    assertThat(end.vhost().queues().keySet())
        .filteredOn(name -> !name.startsWith("warren."))
        .containsExactlyInAnyOrderElementsOf(names(end.status()));
    assertThat(end.vhost().exchanges().keySet())
        .noneMatch(name -> name.startsWith("warren.switch"));
  }

  @Property(tries = TRIES / 4)
  void goesOnFromAnyStepToTheSameEnd(@ForAll("changes") Change change) {
    var settled = settled(change.vhost(), change.queue(), change.neighbour());
    var changes = plan(change.queue(), change, settled, Optional.empty(), NOW).changes();
    var end = drained(change, settled).vhost();

    for (int made = 0; made < changes.size(); made++) {
      var stopped = after(settled, changes.subList(0, made));
      assertThat(drained(change, stopped).vhost())
          .as("stopped before %s", changes.get(made))
          .isEqualTo(end);
    }
  }

  @Property(tries = TRIES)
  void deletesNoQueueBeforeItWasSeenEmpty(@ForAll("changes") Change change) {
    assertThat(plan(change.queue(), change, change.vhost(), Optional.empty(), NOW).changes())
        .noneMatch(BrokerChange.DeleteQueue.class::isInstance)
        .noneMatch(BrokerChange.DeleteEmptyQueue.class::isInstance);
  }

  @Provide
  Arbitrary<Change> changes() {
    return Combinators.combine(specs().optional(), specs(), specs())
        .as(
            (before, now, neighbour) ->
                new Change(before, now, queue("media", "neighbour", neighbour)));
  }

  private static Arbitrary<String> specs() {
    var fields =
        List.of(
            Arbitraries.of("type: Classic", "type: Classic\npriorities: 5", "", ""),
            Arbitraries.of("shards: 2", "shards: 3", "", ""),
            Arbitraries.of("singleActiveConsumer: true", "", ""),
            Arbitraries.of("deadLetter: {exchange: dead}", "deadLetter: {retention: 1d}", ""),
            Arbitraries.of("routingKeys: [a, b.*]", "routingKeys: [b.*, c]", ""),
            Arbitraries.of("exchange: {name: media.events}", ""),
            Arbitraries.of("maxLength: 10", "maxLength: 20", ""),
            Arbitraries.of("overflow: DropHead", ""),
            Arbitraries.of(
                "retry: {maxAttempts: 2, jitter: 0.1}",
                "retry: {maxAttempts: 3, jitter: 0}",
                "retry: {maxAttempts: 2, initialDelay: 5s}"));
    return Combinators.combine(fields).as(lines -> String.join("\n", lines));
  }

  /// What there is once nothing is left to do.
  private record End(TaskQueueStatus status, VhostSnapshot vhost) {}

  /// Plans and carries out, as time passes and workers have consumed what was there.
  private static End drained(Change change, VhostSnapshot from) {
    var queue = change.queue();
    var vhost = from;
    var secret = Optional.<Secret>empty();
    for (int round = 0; round < MANY_ROUNDS; round++) {
      var now = NOW.plus(TaskQueuePlanner.SETTLING.multipliedBy(round));
      var plan = plan(queue, change, vhost, secret, now);
      if (isNothing(plan) && plan.status().equals(queue.getStatus())) {
        return new End(plan.status(), vhost);
      }
      secret = plan.binding().isPresent() ? plan.binding() : secret;
      vhost = after(settled(vhost, queue, change.neighbour()), plan.changes());
      queue.setStatus(plan.status());
    }
    throw new AssertionError("still something to do for " + change);
  }

  private static List<String> names(TaskQueueStatus status) {
    var names = new ArrayList<>(Objects.requireNonNull(status.queues()));
    names.add(Objects.requireNonNull(status.deadLetterQueue()));
    return names;
  }

  private static boolean isNothing(TaskQueuePlan plan) {
    return plan.changes().isEmpty() && !plan.policies() && plan.binding().isEmpty();
  }

  private static TaskQueuePlan plan(
      TaskQueue queue, Change change, VhostSnapshot vhost, Optional<Secret> secret, Instant now) {
    var observed = Observations.of(vhost, queue, change.neighbour());
    return PLANNER.plan(queue, secret.map(observed::withSecret).orElse(observed).observed(), now);
  }
}
