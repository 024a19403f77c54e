package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.warren.operator.broker.BrokerException.Kind;
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

  private final GroupCommit commits = new GroupCommit("default", this::importOne);

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
    var first = Thread.startVirtualThread(() -> commits.commit("media", declare("first")));
    await().until(() -> imported.size() == 1);
    var later = submit(GroupCommit.MOST + 1);

    turns.release(3);
    first.join();
    for (var thread : later) {
      thread.join();
    }

    imported.remove();
    assertThat(queues(imported.remove())).hasSize(GroupCommit.MOST);
    assertThat(queues(imported.remove())).hasSize(1);
  }

  @Test
  void failsAsTheImportDoes() {
    try (var refusing =
        new GroupCommit(
            "default",
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
