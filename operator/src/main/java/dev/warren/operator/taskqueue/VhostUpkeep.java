package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.Broker;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.BrokerException;
import dev.warren.operator.broker.BrokerFeatures;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.topology.Claim;
import dev.warren.operator.topology.VhostPlan;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sees to what the TaskQueues of a vhost share. May be called by any thread.
///
/// One plan is carried out for a vhost at a time, and it serves all who asked before it began: a
/// thousand TaskQueues that are new at once cause a few plans and not a thousand. What nobody asks
/// for, such as the removal of what is not used any more, is seen to from time to time.
final class VhostUpkeep implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(VhostUpkeep.class);

  private final Brokers brokers;
  private final TaskQueueCache queues;
  private final Function<String, Optional<TaskBroker>> taskBrokers;
  private final Duration interval;

  /// Rounds that have not begun, which others may join. Guarded by this.
  private final Map<Vhost, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

  /// Held during a round; one for each vhost that is looked after.
  private final Map<Vhost, ReentrantLock> rounds = new ConcurrentHashMap<>();

  private final Thread caretaker;

  private record Vhost(String broker, String name) {}

  /// Begins to look after the vhosts that it is told of.
  ///
  /// @param taskBrokers finds a TaskBroker by its name
  /// @param interval between two rounds that nobody asked for
  VhostUpkeep(
      Brokers brokers,
      TaskQueueCache queues,
      Function<String, Optional<TaskBroker>> taskBrokers,
      Duration interval) {
    this.brokers = brokers;
    this.queues = queues;
    this.taskBrokers = taskBrokers;
    this.interval = interval;
    caretaker = Thread.ofVirtual().name("vhost-upkeep").start(this::takeCare);
  }

  /// Makes what the TaskQueues of a vhost share as they need it now; returns when it is.
  ///
  /// @throws BrokerException if the broker did not do it
  void settle(String broker, String vhost) {
    try {
      round(new Vhost(broker, vhost)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof BrokerException failure ? failure : e;
    }
  }

  /// Sees to a vhost from now on, from time to time.
  void lookAfter(String broker, String vhost) {
    rounds.computeIfAbsent(new Vhost(broker, vhost), _ -> new ReentrantLock());
  }

  @Override
  public void close() {
    caretaker.interrupt();
  }

  private CompletableFuture<Void> round(Vhost vhost) {
    CompletableFuture<Void> mine;
    synchronized (this) {
      var joined = waiting.get(vhost);
      if (joined != null) {
        return joined;
      }
      mine = new CompletableFuture<>();
      waiting.put(vhost, mine);
    }
    var lock = rounds.computeIfAbsent(vhost, _ -> new ReentrantLock());
    lock.lock();
    try {
      synchronized (this) {
        waiting.remove(vhost);
      }
      keepUp(vhost);
      mine.complete(null);
    } catch (RuntimeException | Error e) {
      mine.completeExceptionally(e);
    } finally {
      lock.unlock();
    }
    return mine;
  }

  private void takeCare() {
    try {
      while (true) {
        Thread.sleep(interval);
        rounds.keySet().forEach(this::takeCare);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void takeCare(Vhost vhost) {
    try {
      round(vhost).join();
    } catch (CompletionException e) {
      LOG.atDebug()
          .addKeyValue("broker", vhost.broker())
          .addKeyValue("vhost", vhost.name())
          .setCause(e)
          .log("A vhost could not be looked after; it is tried again");
    }
  }

  private void keepUp(Vhost vhost) {
    var taskBroker = taskBrokers.apply(vhost.broker());
    var broker = brokers.find(vhost.broker());
    var features = broker.flatMap(Broker::lastFeatures);
    if (taskBroker.isPresent() && features.isPresent()) {
      keepUp(vhost.name(), taskBroker.get(), broker.orElseThrow(), features.get());
    }
  }

  private void keepUp(String vhost, TaskBroker taskBroker, Broker broker, BrokerFeatures features) {
    var plan = plan(vhost, taskBroker);
    var snapshot = broker.snapshot(vhost);
    // Who deleted a vhost that no TaskQueue needs any more does not want it back.
    var wanted = snapshot.exists() || !plan.claims().isEmpty();
    var changes = wanted ? plan.changes(features.version(), snapshot) : List.<BrokerChange>of();
    if (!changes.isEmpty()) {
      broker.apply(vhost, changes);
    }
  }

  private VhostPlan plan(String vhost, TaskBroker broker) {
    var place = SettingsResolver.place(broker, vhost);
    var owners =
        queues.inVhost(broker, vhost).stream()
            .filter(queue -> Ownership.ownsName(queue, place, broker, queues.sameName(queue)))
            .toList();
    // What is only observed stays as it is, and with it what its workers need of the shared.
    var claims =
        owners.stream()
            .filter(queue -> !Annotations.observesOnly(queue))
            .flatMap(queue -> claim(queue, broker).stream())
            .toList();
    return new VhostPlan(
        claims,
        claims.size() == owners.size(),
        owners.stream().noneMatch(VhostUpkeep::hasWorkers),
        CeilingCheck.inBroker(broker),
        place.shared());
  }

  private static Optional<Claim> claim(TaskQueue queue, TaskBroker broker) {
    return switch (SettingsResolver.resolve(queue, broker)) {
      case SettingsResolver.Resolution.Resolved(var settings) ->
          Optional.of(Claims.of(queue, settings));
      case SettingsResolver.Resolution.Invalid _ -> Optional.empty();
    };
  }

  /// Whether pods consume it, which may still retry by the plan that they were started with.
  private static boolean hasWorkers(TaskQueue queue) {
    return queue.getStatus() != null
        && Objects.requireNonNullElse(queue.getStatus().workers(), 0) > 0;
  }
}
