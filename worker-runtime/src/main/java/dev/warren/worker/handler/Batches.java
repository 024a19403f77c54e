package dev.warren.worker.handler;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// Brings tasks together: a batch starts when it is full, when its first task has waited long
/// enough, or at once when the pod stops. Called by the tasks' threads, each of which waits for its
/// own outcome.
final class Batches {
  /// What a batch does: completes the outcome of each member, or throws for all of them.
  interface Body {
    void run(List<Member> members) throws Exception;
  }

  /// One task of a batch.
  ///
  /// @param outcome completed by the batch
  record Member(Task<Object> task, TaskContext context, CompletableFuture<Outcome> outcome) {
    Member(Task<Object> task, TaskContext context) {
      this(task, context, new CompletableFuture<>());
    }
  }

  /// A batch that is gathered or runs. Guarded by the monitor of {@link Batches}.
  private static final class Gathering {
    final long number;

    /// Whose threads wait for it.
    final List<Member> members = new ArrayList<>();

    /// That of the batch alone: a task's thread is interrupted when that task is cancelled, which
    /// must not hurt the others. Null until the batch starts.
    @Nullable Thread thread;

    final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    Gathering(long number) {
      this.number = number;
    }
  }

  private final int size;
  private final Duration maxWait;
  private final Body body;
  private final Alarm alarm;

  /// The batch that tasks join. Guarded by this object's monitor, as is the flag.
  private Gathering open = new Gathering(0);

  private boolean draining;

  /// @param size the most tasks of a batch
  /// @param maxWait how long the first task of a batch waits for others
  Batches(int size, Duration maxWait, Body body, Alarm alarm) {
    this.size = size;
    this.maxWait = maxWait;
    this.body = body;
    this.alarm = alarm;
  }

  /// Runs a task in the next batch.
  ///
  /// @throws InterruptedException if this thread is interrupted: the task has left its batch then,
  ///   and if it was the last one, the batch was interrupted too and has ended
  Outcome run(Member member) throws Exception {
    var batch = join(member);
    try {
      return member.outcome().get();
    } catch (InterruptedException e) {
      if (leave(batch, member)) {
        // However long, and whatever the interrupts: as long as the handler heeds none, there is to
        // be a task that does not end.
        var _ = batch.ended.join();
      }
      throw e;
    } catch (ExecutionException e) {
      throw thrownByBatch(e);
    }
  }

  /// From now on no task waits for others.
  synchronized void drain() {
    draining = true;
    startOpen();
  }

  private synchronized Gathering join(Member member) {
    var batch = open;
    batch.members.add(member);
    if (draining || batch.members.size() >= size) {
      startOpen();
    } else if (batch.members.size() == 1) {
      // By number: the alarm of a batch that is done must not keep its payloads in memory.
      var number = batch.number;
      alarm.after(maxWait, () -> startIfOpen(number));
    }
    return batch;
  }

  private synchronized void startIfOpen(long number) {
    if (open.number == number) {
      startOpen();
    }
  }

  private synchronized void startOpen() {
    var batch = open;
    if (!batch.members.isEmpty()) {
      open = new Gathering(batch.number + 1);
      var members = List.copyOf(batch.members);
      batch.thread = Thread.ofVirtual().name("batch").start(() -> run(members, batch.ended));
    }
  }

  /// @return whether the batch has been interrupted, because nobody waits for it any more
  private synchronized boolean leave(Gathering batch, Member member) {
    batch.members.remove(member);
    if (!batch.members.isEmpty()) {
      return false;
    }
    if (batch.thread == null) {
      open = new Gathering(batch.number + 1);
      return false;
    }
    batch.thread.interrupt();
    return true;
  }

  private void run(List<Member> members, CompletableFuture<Boolean> ended) {
    try {
      body.run(members);
    } catch (Throwable e) { // Whatever a handler throws, its tasks hear of it.
      members.forEach(member -> member.outcome().completeExceptionally(e));
    } finally {
      ended.complete(true);
    }
  }

  // The task fails with what the handler threw, not with something around it.
  private static Exception thrownByBatch(ExecutionException e) {
    return switch (e.getCause()) {
      case Error error -> throw error;
      case Exception exception -> exception;
      case null, default -> e;
    };
  }
}
