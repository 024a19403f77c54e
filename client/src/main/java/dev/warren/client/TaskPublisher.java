package dev.warren.client;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// Publishes tasks to one exchange, each `mandatory` and confirmed: a task is published when the
/// broker has put it into a queue and said so, and every other outcome is a {@link
/// WarrenClientException} that names the task.
///
/// One publisher serves a whole process: all methods may be called by any number of threads,
/// platform or virtual. It keeps one connection with one channel and makes another after a loss.
public final class TaskPublisher implements AutoCloseable {
  private final PublisherSettings settings;
  private final Clock clock = Clock.systemUTC();
  private final Link link;

  /// A permit for each task that may be outstanding; fair, so that no publisher waits for ever.
  private final Semaphore window;

  private final AtomicBoolean closing = new AtomicBoolean();

  private TaskPublisher(PublisherSettings settings) {
    this.settings = settings;
    link = new Link(settings);
    window = new Semaphore(settings.window(), true);
  }

  /// A publisher that begins to connect. It need not succeed for this to return: the first tasks
  /// wait for the connection.
  public static TaskPublisher open(PublisherSettings settings) {
    var publisher = new TaskPublisher(settings);
    publisher.link.start();
    return publisher;
  }

  /// Publishes a task and waits until the broker has it.
  ///
  /// @return the task's id
  /// @throws IllegalArgumentException if AMQP cannot express the task
  /// @throws WarrenClientException if the broker is not known to have it, also when the thread is
  ///   interrupted, which stays so
  public String publish(NewTask task) {
    var message = Message.of(task, settings.target(), clock.instant());
    // The caller alone waits for it, so it may be completed on the broker client's thread.
    var pending = submit(message, Runnable::run);
    try {
      return pending.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnconfirmedTaskException(message, "interrupted while waiting for the confirm");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WarrenClientException failure) {
        // Of use is where the task was published, not where its confirm was read.
        failure.fillInStackTrace();
        throw failure;
      }
      throw new IllegalStateException(e);
    }
  }

  /// Publishes a task and returns when it is sent, or has failed to be. Waits for a place in the
  /// window first, in turn with other callers.
  ///
  /// @return completes with the task's id when the broker has it, or with a {@link
  ///   WarrenClientException}; always within the send timeout and the confirm timeout together.
  ///   What is attached to it runs on its default executor.
  /// @throws IllegalArgumentException if AMQP cannot express the task
  public CompletableFuture<String> publishAsync(NewTask task) {
    var message = Message.of(task, settings.target(), clock.instant());
    return submit(message, new CompletableFuture<>().defaultExecutor());
  }

  /// Waits for outstanding tasks, no longer than the close timeout, then ends the connection. Tasks
  /// without a confirm fail as unconfirmed, tasks published from now on as unsent.
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    var drained = drain();
    link.close();
    if (drained) {
      window.release(settings.window());
    }
  }

  private CompletableFuture<String> submit(Message message, Executor executor) {
    var deadline = Deadline.in(settings.sendTimeout());
    try {
      if (closing.get()) {
        return unsent(message, "the publisher is closed");
      }
      if (!window.tryAcquire(deadline.remainingNanos(), TimeUnit.NANOSECONDS)) {
        return unsent(message, "all places in the window stayed taken");
      }
      var pending = new Pending(message, executor, window::release);
      send(pending, deadline);
      return pending.future();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unsent(message, "interrupted while waiting to send it");
    }
  }

  private void send(Pending pending, Deadline deadline) throws InterruptedException {
    var sent = false;
    try {
      sent = handOver(pending, deadline);
    } finally {
      if (!sent) {
        pending.fail(new UnsentTaskException(pending.message(), link.obstacle()));
      }
    }
  }

  /// Tries one channel after the other, as each may close before it takes the task.
  private boolean handOver(Pending pending, Deadline deadline) throws InterruptedException {
    do {
      var channel = link.await(deadline);
      if (channel.isEmpty()) {
        return false;
      }
      if (channel.get().send(pending, deadline)) {
        return true;
      }
    } while (!deadline.hasPassed());
    return false;
  }

  /// Takes all places of the window, which takes until no task is outstanding.
  private boolean drain() {
    try {
      return window.tryAcquire(
          settings.window(), settings.closeTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static CompletableFuture<String> unsent(Message message, String why) {
    return CompletableFuture.failedFuture(new UnsentTaskException(message, why));
  }
}
