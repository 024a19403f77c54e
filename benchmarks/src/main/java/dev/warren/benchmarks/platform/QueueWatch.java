package dev.warren.benchmarks.platform;

import dev.warren.benchmarks.harness.BenchmarkException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// TaskQueues, whose names differ, as a watch tells of them. Every field is read and written under
/// this object's monitor; the client's threads tell, others wait.
public final class QueueWatch
    implements ResourceEventHandler<GenericKubernetesResource>, AutoCloseable {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final Map<String, QueueState> states = new HashMap<>();
  private int settled;
  private @Nullable SharedIndexInformer<GenericKubernetesResource> informer;

  /// Is told of the queues from now on; `close` ends it.
  public synchronized void follow(SharedIndexInformer<GenericKubernetesResource> source) {
    informer = source;
  }

  @Override
  public void onAdd(GenericKubernetesResource queue) {
    put(queue.getMetadata().getName(), QueueState.of(queue));
  }

  @Override
  public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource queue) {
    onAdd(queue);
  }

  @Override
  public synchronized void onDelete(GenericKubernetesResource queue, boolean unknown) {
    var last = states.remove(queue.getMetadata().getName());
    settled -= last != null && last.isSettled() ? 1 : 0;
  }

  private synchronized void put(String name, QueueState state) {
    var last = states.put(name, state);
    settled += state.isSettled() ? 1 : 0;
    settled -= last != null && last.isSettled() ? 1 : 0;
    notifyAll();
  }

  /// How many are settled.
  public synchronized int settled() {
    return settled;
  }

  /// Waits until so many are settled.
  ///
  /// @param check called now and then; throws if there is no use in waiting
  /// @throws BenchmarkException if it takes longer
  public void awaitSettled(int count, Duration timeout, Runnable check)
      throws InterruptedException {
    if (!await(() -> settled >= count, timeout, check)) {
      throw new BenchmarkException(
          "%d of %d TaskQueues are ready after %s; one that is not says '%s'"
              .formatted(settled(), count, timeout, complaint()));
    }
  }

  /// Waits until one is settled at this generation or a later one.
  ///
  /// @throws BenchmarkException if it takes longer
  public void awaitSettled(String name, long generation, Duration timeout, Runnable check)
      throws InterruptedException {
    BooleanSupplier isSettled =
        () -> {
          var state = states.get(name);
          return state != null && state.isSettled() && state.generation() >= generation;
        };
    if (!await(isSettled, timeout, check)) {
      throw new BenchmarkException(
          "TaskQueue '%s' is not ready after %s: %s".formatted(name, timeout, complaint()));
    }
  }

  private boolean await(BooleanSupplier done, Duration timeout, Runnable check)
      throws InterruptedException {
    var deadline = System.nanoTime() + timeout.toNanos();
    while (System.nanoTime() - deadline < 0) {
      check.run();
      synchronized (this) {
        var pause = System.nanoTime() + INTERVAL.toNanos();
        while (!done.getAsBoolean() && System.nanoTime() - pause < 0) {
          TimeUnit.NANOSECONDS.timedWait(this, pause - System.nanoTime());
        }
        if (done.getAsBoolean()) {
          return true;
        }
      }
    }
    return false;
  }

  private synchronized String complaint() {
    return states.values().stream()
        .filter(state -> !state.isSettled())
        .findFirst()
        .map(QueueState::reason)
        .orElse("nothing");
  }

  @Override
  public void close() {
    SharedIndexInformer<GenericKubernetesResource> source;
    synchronized (this) {
      source = informer;
    }
    if (source != null) {
      source.close();
    }
  }
}
