package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static dev.warren.operator.testing.Snapshots.empty;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.model.BrokerNames;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.resource.SecretEntries;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// A TaskQueue whose spec changes, beside a neighbour in the same vhost: wherever the operator
/// stops, it goes on to the same end.
class TaskQueueConvergenceTest {
  private static final int TRIES = 200;

  /// @param vhost before the change: nothing, or what the spec before asked for
  record Change(TaskQueue queue, TaskQueue neighbour, VhostSnapshot vhost) {}

  @Property(tries = TRIES)
  void leavesNothingToDo(@ForAll("changes") Change change) {
    var plan = plan(change, change.vhost());

    change.queue().setStatus(plan.status());
    var secret = SecretEntries.of(plan.binding().orElseThrow());
    var observed = observe(change, after(change.vhost(), plan.changes())).withSecret(secret);
    var again = TaskQueuePlanner.plan(change.queue(), observed.observed(), NOW);

    assertThat(again.changes()).isEmpty();
    assertThat(again.binding()).isEmpty();
  }

  @Property(tries = TRIES)
  void goesOnFromAnyStepToTheSameEnd(@ForAll("changes") Change change) {
    var changes = plan(change, change.vhost()).changes();
    var end = after(change.vhost(), changes);

    for (int made = 0; made < changes.size(); made++) {
      var stopped = after(change.vhost(), changes.subList(0, made));
      assertThat(after(stopped, plan(change, stopped).changes()))
          .as("stopped before %s", changes.get(made))
          .isEqualTo(end);
    }
  }

  @Property(tries = TRIES)
  void deletesNothingButDelayQueues(@ForAll("changes") Change change) {
    assertThat(plan(change, change.vhost()).changes())
        .noneMatch(BrokerChange.DeleteQueue.class::isInstance)
        .filteredOn(BrokerChange.DeleteEmptyQueue.class::isInstance)
        .allMatch(
            deleted ->
                ((BrokerChange.DeleteEmptyQueue) deleted)
                    .queue()
                    .name()
                    .startsWith(BrokerNames.DELAY_PREFIX));
  }

  @Provide
  Arbitrary<Change> changes() {
    var types = Arbitraries.of("Quorum", "Classic");
    var empty = Arbitraries.of(true, false);
    return types.flatMap(
        type ->
            Combinators.combine(specs(type).optional(), specs(type), specs(type), empty)
                .as(
                    (before, now, neighbour, drained) ->
                        new Change(
                            queue(now),
                            queue("media", "neighbour", neighbour),
                            before.map(spec -> vhost(spec, drained)).orElse(absent()))));
  }

  /// Specs that differ only in what may change in place.
  private static Arbitrary<String> specs(String type) {
    var fields =
        List.of(
            Arbitraries.of("routingKeys: [a, b.*]", "routingKeys: [b.*, c]", ""),
            Arbitraries.of("exchange: {name: media.events}", ""),
            Arbitraries.of("maxLength: 10", "maxLength: 20", ""),
            Arbitraries.of("messageTtl: 1h", ""),
            Arbitraries.of("overflow: DropHead", ""),
            Arbitraries.of("maxTaskDuration: 1h", ""),
            Arbitraries.of("deadLetter: {retention: 1d}", ""),
            Arbitraries.of(
                "retry: {maxAttempts: 2, jitter: 0.1}",
                "retry: {maxAttempts: 3, jitter: 0}",
                "retry: {maxAttempts: 2, initialDelay: 5s}"));
    return Combinators.combine(fields)
        .as(lines -> "type: " + type + "\n" + String.join("\n", lines));
  }

  private static VhostSnapshot vhost(String spec, boolean drained) {
    var vhost = Observations.vhostOf(queue(spec));
    return drained ? empty(vhost) : vhost;
  }

  private static TaskQueuePlan plan(Change change, VhostSnapshot vhost) {
    return TaskQueuePlanner.plan(change.queue(), observe(change, vhost).observed(), NOW);
  }

  private static Observations observe(Change change, VhostSnapshot vhost) {
    return Observations.of(vhost, change.queue(), change.neighbour());
  }
}
