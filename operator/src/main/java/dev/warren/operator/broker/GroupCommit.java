package dev.warren.operator.broker;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// Makes additive changes of many callers in one import: what comes while one is under way goes
/// into the next, so that nobody waits for others to come. Owns the thread that imports.
///
/// An import costs RabbitMQ more the more queues there are, whatever it holds (0.3 s of 19,000), so
/// many changes should share one; but who comes meanwhile waits for all of it. So as many go into
/// one as took about {@link #LONG} before.
final class GroupCommit implements AutoCloseable {
  /// Bounds of how many changes an import may hold; with which it begins.
  static final int MOST = 4_000;

  static final int LEAST = 100;
  static final int FIRST = 800;
  private static final Duration LONG = Duration.ofSeconds(3);

  private record Submission(
      String vhost, List<BrokerChange> changes, CompletableFuture<Void> done) {}

  private final InstantSource clock;
  private final Consumer<Map<String, ?>> importer;
  private final BlockingQueue<Submission> pending = new LinkedBlockingQueue<>();
  private final Thread thread;

  /// Changes of the next import, at most. Used by the thread alone.
  private int most = FIRST;

  /// Written by the thread when it ends, read by callers.
  private volatile boolean ended;

  /// @param importer posts a document
  GroupCommit(String broker, InstantSource clock, Consumer<Map<String, ?>> importer) {
    this.clock = clock;
    this.importer = importer;
    thread = Thread.ofVirtual().name("import-" + broker).start(this::run);
  }

  /// Makes these changes, which an import can hold, or fails; some may have been made then.
  ///
  /// @throws BrokerException as the import does, for these changes or for others in it
  void commit(String vhost, List<BrokerChange> changes) {
    var submission = new Submission(vhost, List.copyOf(changes), new CompletableFuture<>());
    pending.add(submission);
    if (ended) {
      failPending();
    }
    await(submission.done);
  }

  boolean running() {
    return thread.isAlive();
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (true) {
        importAll(batch());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended = true;
      failPending();
    }
  }

  /// Waits for a first submission and takes what else has come by then.
  private List<Submission> batch() throws InterruptedException {
    var batch = new ArrayList<Submission>();
    batch.add(pending.take());
    var size = batch.getFirst().changes.size();
    for (var next = pending.peek();
        next != null && size + next.changes.size() <= most;
        next = pending.peek()) {
      batch.add(pending.remove());
      size += next.changes.size();
    }
    return batch;
  }

  private void importAll(List<Submission> batch) {
    var start = clock.instant();
    try {
      var definitions = new Definitions();
      for (var submission : batch) {
        submission.changes.forEach(change -> definitions.add(submission.vhost, change));
      }
      importer.accept(definitions.document());
      batch.forEach(submission -> submission.done.complete(null));
    } catch (RuntimeException e) {
      batch.forEach(submission -> submission.done.completeExceptionally(e));
    } finally {
      adapt(size(batch), Duration.between(start, clock.instant()));
    }
  }

  private static int size(List<Submission> batch) {
    return batch.stream().mapToInt(submission -> submission.changes.size()).sum();
  }

  private void adapt(int size, Duration took) {
    if (took.compareTo(LONG) >= 0) {
      most = Math.max(LEAST, size / 2);
    } else if (size > most / 2) {
      most = Math.min(MOST, 2 * most);
    }
  }

  private void failPending() {
    for (var left = pending.poll(); left != null; left = pending.poll()) {
      left.done.completeExceptionally(closed());
    }
  }

  private static void await(CompletableFuture<Void> done) {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof BrokerException failure
          ? failure.again()
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException(BrokerException.Kind.UNREACHABLE, "an import was interrupted");
    }
  }

  private static BrokerException closed() {
    return new BrokerException(
        BrokerException.Kind.UNREACHABLE, "the connection to the broker was closed");
  }
}
