package dev.warren.examples.ingestion;

import dev.warren.client.NewTask;
import dev.warren.client.PublisherSettings;
import dev.warren.client.TaskPublisher;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/// Publishes to a tenant's queue without waiting for each task, and once more what the broker is
/// not known to have. The task keeps its id, so nothing is counted twice. For one thread.
final class TenantPublisher implements AutoCloseable {
  private record Sent(NewTask task, CompletableFuture<String> confirmed) {}

  private final TaskPublisher publisher;
  private final Queue<Sent> outstanding = new ArrayDeque<>();

  private TenantPublisher(TaskPublisher publisher) {
    this.publisher = publisher;
  }

  /// @param binding the TaskQueue's, mounted
  static TenantPublisher open(Path binding) {
    return new TenantPublisher(TaskPublisher.open(PublisherSettings.of(binding)));
  }

  /// Waits only while too many are outstanding.
  void publish(NewTask task) {
    outstanding.add(new Sent(task, publisher.publishAsync(task)));
    while (!outstanding.isEmpty() && outstanding.element().confirmed().isDone()) {
      settle(outstanding.remove());
    }
  }

  /// Returns when the broker has all; throws if it has not.
  void finish() {
    while (!outstanding.isEmpty()) {
      settle(outstanding.remove());
    }
  }

  @Override
  public void close() {
    publisher.close();
  }

  private void settle(Sent sent) {
    var failed = sent.confirmed().handle((_, failure) -> failure != null).join();
    if (failed) {
      publisher.publish(sent.task());
    }
  }
}
