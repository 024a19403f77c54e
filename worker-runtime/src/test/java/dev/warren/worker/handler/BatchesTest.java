package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Batches of three tasks, which wait for a second at most.
class BatchesTest {
  private static final Duration MAX_WAIT = Duration.ofSeconds(1);

  private final ManualAlarm alarm = new ManualAlarm();
  private final List<String> ran = new CopyOnWriteArrayList<>();
  private final CountDownLatch running = new CountDownLatch(1);

  @Test
  void startWhenTheyAreFull() {
    var batches = batches(this::succeed);

    var first = join(batches, "a");
    var second = join(batches, "b");
    assertThat(ran).isEmpty();
    var third = join(batches, "c");

    assertThat(List.of(first.outcome(), second.outcome(), third.outcome()))
        .containsExactly(Outcome.drop("a"), Outcome.drop("b"), Outcome.drop("c"));
    assertThat(ran).containsExactly("abc");
  }

  @Test
  void startWhenTheFirstTaskHasWaitedLongEnough() {
    var batches = batches(this::succeed);
    var first = join(batches, "a");
    alarm.advance(MAX_WAIT.minusMillis(1));
    var second = join(batches, "b");
    assertThat(ran).isEmpty();

    alarm.advance(Duration.ofMillis(1));

    assertThat(first.outcome()).isEqualTo(Outcome.drop("a"));
    assertThat(second.outcome()).isEqualTo(Outcome.drop("b"));
    assertThat(ran).containsExactly("ab");
  }

  @Test
  void areNotStartedByTheAlarmOfOneBefore() {
    var batches = batches(this::succeed);
    List.of("a", "b", "c").forEach(name -> join(batches, name));
    alarm.advance(MAX_WAIT.dividedBy(2));
    var next = join(batches, "d");

    alarm.advance(MAX_WAIT.dividedBy(2));

    await().until(() -> ran.contains("abc"));
    assertThat(ran).containsExactly("abc");
    alarm.advance(MAX_WAIT.dividedBy(2));
    assertThat(next.outcome()).isEqualTo(Outcome.drop("d"));
  }

  @Test
  void startAtOnceWhenThePodStops() {
    var batches = batches(this::succeed);
    var waiting = join(batches, "a");

    batches.drain();

    assertThat(waiting.outcome()).isEqualTo(Outcome.drop("a"));
    assertThat(join(batches, "b").outcome()).isEqualTo(Outcome.drop("b"));
    assertThat(ran).containsExactly("a", "b");
  }

  @Test
  void loseATaskThatIsCancelledBeforeTheyStart() {
    var batches = batches(this::succeed);
    var cancelled = join(batches, "a");
    var other = join(batches, "b");

    cancelled.thread().interrupt();

    assertThat(cancelled.thrown()).isInstanceOf(InterruptedException.class);
    alarm.advance(MAX_WAIT);
    assertThat(other.outcome()).isEqualTo(Outcome.drop("b"));
    assertThat(ran).containsExactly("b");
  }

  @Test
  void waitAnewWhenAllTheirTasksWereCancelled() {
    var batches = batches(this::succeed);
    var cancelled = join(batches, "a");
    cancelled.thread().interrupt();
    assertThat(cancelled.thrown()).isInstanceOf(InterruptedException.class);
    alarm.advance(MAX_WAIT.dividedBy(2));
    var next = join(batches, "b");

    alarm.advance(MAX_WAIT.dividedBy(2));

    assertThat(ran).isEmpty();
    alarm.advance(MAX_WAIT.dividedBy(2));
    assertThat(next.outcome()).isEqualTo(Outcome.drop("b"));
  }

  @Test
  void goOnWhileOneTaskIsNotCancelled() throws Exception {
    var release = new CountDownLatch(1);
    var batches =
        batches(
            members -> {
              running.countDown();
              release.await();
              succeed(members);
            });
    var cancelled = List.of(join(batches, "a"), join(batches, "b"));
    var other = join(batches, "c");
    running.await();

    cancelled.forEach(task -> task.thread().interrupt());

    assertThat(cancelled)
        .allSatisfy(task -> assertThat(task.thrown()).isInstanceOf(InterruptedException.class));
    release.countDown();
    assertThat(other.outcome()).isEqualTo(Outcome.drop("c"));
  }

  @Test
  void areInterruptedWhenAllTheirTasksAreCancelled() throws Exception {
    var interrupted = new CompletableFuture<Boolean>();
    var batches =
        batches(
            _ -> {
              running.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException _) {
                interrupted.complete(true);
              }
            });
    var tasks = List.of(join(batches, "a"), join(batches, "b"), join(batches, "c"));
    running.await();

    tasks.forEach(task -> task.thread().interrupt());

    assertThat(tasks)
        .allSatisfy(task -> assertThat(task.thrown()).isInstanceOf(InterruptedException.class));
    assertThat(interrupted).isCompletedWithValue(true);
  }

  @Test
  void keepTheLastTaskUntilAHandlerThatHeedsNoInterruptHasEnded() throws Exception {
    var release = new CountDownLatch(1);
    var batches =
        batches(
            _ -> {
              running.countDown();
              awaitStubbornly(release);
            });
    var tasks = List.of(join(batches, "a"), join(batches, "b"), join(batches, "c"));
    running.await();

    tasks.forEach(task -> task.thread().interrupt());

    await().until(() -> tasks.stream().filter(task -> task.result().isDone()).count() == 2);
    release.countDown();
    assertThat(tasks)
        .allSatisfy(task -> assertThat(task.thrown()).isInstanceOf(InterruptedException.class));
  }

  @Test
  void failEveryTaskWithWhatTheHandlerThrew() {
    var thrown = new IOException("down");
    var batches =
        batches(
            _ -> {
              throw thrown;
            });

    var tasks = List.of(join(batches, "a"), join(batches, "b"), join(batches, "c"));

    assertThat(tasks).allSatisfy(task -> assertThat(task.thrown()).isSameAs(thrown));
  }

  @Test
  void failEveryTaskWithAnErrorToo() {
    var batches =
        batches(
            _ -> {
              throw new StackOverflowError("deep");
            });

    var tasks = List.of(join(batches, "a"), join(batches, "b"), join(batches, "c"));

    assertThat(tasks)
        .allSatisfy(task -> assertThat(task.thrown()).isInstanceOf(StackOverflowError.class));
  }

  /// A task on its thread, and how it ended.
  private record Joined(Thread thread, CompletableFuture<Outcome> result) {
    Outcome outcome() {
      return result.orTimeout(10, TimeUnit.SECONDS).join();
    }

    Throwable thrown() {
      var _ = result.handle((_, _) -> true).orTimeout(10, TimeUnit.SECONDS).join();
      return result.exceptionNow();
    }
  }

  /// Returns when the task is in its batch.
  private static Joined join(Batches batches, String name) {
    var result = new CompletableFuture<Outcome>();
    var thread = Thread.ofVirtual().unstarted(() -> complete(result, batches, name));
    thread.start();
    await().until(() -> thread.getState() == Thread.State.WAITING || result.isDone());
    return new Joined(thread, result);
  }

  private static void complete(CompletableFuture<Outcome> result, Batches batches, String name) {
    try {
      var task = new Task<Object>(Optional.of(name), "type", "key", 0, Map.of(), name);
      result.complete(batches.run(new Batches.Member(task, new SomeTask.Attempt())));
    } catch (Throwable e) {
      result.completeExceptionally(e);
    }
  }

  private Batches batches(Batches.Body body) {
    return new Batches(3, MAX_WAIT, body, alarm);
  }

  private void succeed(List<Batches.Member> members) {
    var names = members.stream().map(member -> String.valueOf(member.task().payload())).toList();
    ran.add(String.join("", names));
    members.forEach(
        member -> member.outcome().complete(Outcome.drop(String.valueOf(member.task().payload()))));
  }

  private static void awaitStubbornly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException _) {
        // That is the point.
      }
    }
  }
}
