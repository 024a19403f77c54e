package dev.warren.local.operator;

import dev.warren.crds.TaskQueue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Takes messages out of the queues of one TaskQueue, when they are about to go, and keeps account
/// of them. For one test, by one thread at a time.
final class Drain {
  private final Tenant tenant;
  private final String name;
  private final List<String> leaving;
  private final List<Integer> tasks = new ArrayList<>();
  private final List<Integer> deadLetters = new ArrayList<>();
  private boolean done;

  /// @param leaving the queues that are about to go
  Drain(Tenant tenant, String name, List<String> leaving) {
    this.tenant = tenant;
    this.name = name;
    this.leaving = List.copyOf(leaving);
  }

  /// Of the queues that a TaskQueue has now.
  static Drain ofAll(Tenant tenant, String name) {
    return new Drain(tenant, name, queues(tenant.queue(name)));
  }

  /// Empties the queues that leave once nothing new comes into them.
  ///
  /// @return whether that was done, now or before
  boolean onceMigrated() throws IOException, TimeoutException {
    var queue = tenant.queue(name);
    return done || (Settled.isObserved(queue) && isMigrating(queue) && empty());
  }

  /// Empties the queues that leave once nothing but their messages holds the deletion back.
  ///
  /// @return whether that was done, now or before
  boolean onceWaitedFor() throws IOException, TimeoutException {
    return done
        || (tenant.hasQueue(name)
            && Settled.isReady(tenant.queue(name), "WaitingUntilEmpty")
            && empty());
  }

  /// Takes out what the queues hold that the TaskQueue has now.
  void takeRest() throws IOException, TimeoutException {
    take(queues(tenant.queue(name)));
  }

  /// Numbers of the tasks that were taken out so far.
  List<Integer> tasks() {
    return List.copyOf(tasks);
  }

  /// Numbers of the dead letters that were taken out so far.
  List<Integer> deadLetters() {
    return List.copyOf(deadLetters);
  }

  private boolean empty() throws IOException, TimeoutException {
    take(leaving);
    done = true;
    return true;
  }

  private void take(List<String> queues) throws IOException, TimeoutException {
    for (var queue : queues) {
      (queue.endsWith(".dlq") ? deadLetters : tasks)
          .addAll(Traffic.drain(tenant.cluster().broker(), tenant.namespace(), queue));
    }
  }

  private static boolean isMigrating(TaskQueue queue) {
    return Objects.requireNonNull(queue.getStatus()).migration() != null;
  }

  private static List<String> queues(TaskQueue queue) {
    var status = Objects.requireNonNull(queue.getStatus());
    return Stream.concat(
            Objects.requireNonNull(status.queues()).stream(),
            Stream.ofNullable(status.deadLetterQueue()))
        .toList();
  }
}
