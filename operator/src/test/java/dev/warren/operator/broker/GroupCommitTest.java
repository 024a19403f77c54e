package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.warren.operator.broker.BrokerException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GroupCommitTest {
  /// Documents in the order in which they were imported.
  private final BlockingQueue<Map<String, ?>> imported = new LinkedBlockingQueue<>();

  /// Imports that may go on.
  private final Semaphore turns = new Semaphore(0);

  /// What an import takes.
  private Duration duration = Duration.ZERO;

  private Instant now = Instant.EPOCH;
  private final GroupCommit commits = new GroupCommit("default", () -> now, this::importOne);

  @AfterEach
  void close() {
    commits.close();
  }

  @Test
  void importsALoneChangeAtOnce() {
    turns.release();

    commits.commit("media", declare("resize"));

    assertThat(imported).hasSize(1);
  }

  @Test
  void importsTogetherWhatComesDuringAnImport() throws InterruptedException {
    var first = Thread.startVirtualThread(() -> commits.commit("media", declare("first")));
    await().until(() -> imported.size() == 1);
    var later = submit(10);

    turns.release(2);
    first.join();
    for (var thread : later) {
      thread.join();
    }

    assertThat(imported).hasSize(2);
    imported.remove();
    assertThat(queues(imported.remove())).hasSize(10);
  }

  @Test
  void boundsAnImport() throws InterruptedException {
    assertThat(sizesOf(GroupCommit.FIRST + 1)).containsExactly(GroupCommit.FIRST, 1);
  }

  @Test
  void importsMoreTogetherWhileImportsAreQuick() throws InterruptedException {
    assertThat(sizesOf(3 * GroupCommit.FIRST))
        .containsExactly(GroupCommit.FIRST, 2 * GroupCommit.FIRST);
  }

  @Test
  void importsLessTogetherAfterLongImports() throws InterruptedException {
    duration = Duration.ofSeconds(3);

    assertThat(sizesOf(3 * GroupCommit.LEAST))
        .containsExactly(GroupCommit.LEAST, GroupCommit.LEAST, GroupCommit.LEAST);
  }

  @Test
  void failsAsTheImportDoes() {
    try (var refusing =
        new GroupCommit(
            "default",
            InstantSource.system(),
            document -> {
              throw new BrokerException(Kind.REFUSED, "because");
            })) {
      assertThatThrownBy(() -> refusing.commit("media", declare("resize")))
          .isInstanceOf(BrokerException.class)
          .hasMessage("because");
      assertThat(refusing.running()).isTrue();
    }
  }

  @Test
  void failsWhatWaitsWhenItIsClosed() {
    commits.close();
    await().until(() -> !commits.running());

    assertThatThrownBy(() -> commits.commit("media", declare("resize")))
        .hasMessage("the connection to the broker was closed");
  }

  /// How many of so many changes, which come during another import, each later import holds.
  private List<Integer> sizesOf(int changes) throws InterruptedException {
    var first = Thread.startVirtualThread(() -> commits.commit("media", declare("first")));
    await().until(() -> imported.size() == 1);
    var later = submit(changes);
    turns.release(changes);
    first.join();
    for (var thread : later) {
      thread.join();
    }
    return imported.stream().skip(1).map(document -> queues(document).size()).toList();
  }

  /// Returns once all of them wait.
  private List<Thread> submit(int count) {
    var threads =
        IntStream.range(0, count)
            .mapToObj(
                i -> Thread.startVirtualThread(() -> commits.commit("media", declare("q" + i))))
            .toList();
    await()
        .until(
            () -> threads.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING));
    return threads;
  }

  private void importOne(Map<String, ?> document) {
    imported.add(document);
    try {
      turns.acquire();
      now = now.plus(duration);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException(Kind.UNREACHABLE, "interrupted");
    }
  }

  private static Collection<?> queues(Map<String, ?> document) {
    return (Collection<?>) Objects.requireNonNull(document.get("queues"));
  }

  private static List<BrokerChange> declare(String name) {
    return List.of(
        new BrokerChange.DeclareQueue(new Queue(name, Map.of("x-queue-type", "classic"))));
  }
}
