package dev.warren.local.operator;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What people and machines do to TaskQueues and their workers, by chance: edits, some of them
/// taken back in the middle of a migration, kills, and changes in the broker by hand. What may
/// excuse something is entered in the ledger first. For one thread.
final class Turmoil {
  private static final Logger LOG = LoggerFactory.getLogger(Turmoil.class);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration BRIEFLY = Duration.ofSeconds(5);

  /// What may happen.
  enum Event {
    EDIT(9),
    ROLLBACK(4),
    SCALE(5),
    KILL_OPERATOR(4),
    KILL_WORKER(4),
    KILL_BROKER(1),
    RESTART_BROKER(1),
    UNBIND(2),
    DELETE_POLICY(1),
    TAKE_DEAD_LETTERS(3);

    /// How often it does, beside the others.
    private final int weight;

    Event(int weight) {
      this.weight = weight;
    }
  }

  private final PodCluster pods;
  private final OwnBroker broker;
  private final ManagementUi ui;
  private final Ledger ledger;
  private final DeadLetters deadLetters;
  private final Random random;
  private final RandomSpecs specs;
  private final IntSupplier progress;

  /// The specs that TaskQueues have now.
  private final Map<String, String> applied = new TreeMap<>();

  private final Map<Event, Integer> counts = new EnumMap<>(Event.class);

  /// @param broker the cluster's
  /// @param progress how many tasks were published so far; it is waited for between events
  Turmoil(
      PodCluster pods,
      OwnBroker broker,
      Ledger ledger,
      Random random,
      RandomSpecs specs,
      IntSupplier progress) {
    this.pods = pods;
    this.broker = broker;
    this.ledger = ledger;
    this.random = random;
    this.specs = specs;
    this.progress = progress;
    ui = new ManagementUi(pods.cluster().broker(), pods.cluster().namespace());
    deadLetters = new DeadLetters(pods.cluster(), ledger);
  }

  /// Gives a TaskQueue a spec.
  void apply(String queue, String spec) {
    LOG.atInfo().addKeyValue("queue", queue).addKeyValue("spec", spec).log("applied");
    pods.cluster().applyQueue(queue, spec);
    applied.put(queue, spec);
  }

  /// One event, and a while in which tasks are published.
  void next() throws IOException, TimeoutException, InterruptedException {
    var event = event();
    var queue = oneOf(List.copyOf(applied.keySet()));
    LOG.atInfo().addKeyValue("event", event).addKeyValue("queue", queue).log("turmoil");
    counts.merge(event, 1, Integer::sum);
    switch (event) {
      case EDIT -> apply(queue, specs.queue(queue));
      case ROLLBACK -> changeMind(queue);
      case SCALE -> pods.cluster().applyWorker(queue, specs.worker(queue));
      case KILL_OPERATOR -> killOperator();
      case KILL_WORKER -> killWorker(queue);
      case KILL_BROKER -> interruptBroker(queue, broker::kill);
      case RESTART_BROKER -> interruptBroker(queue, broker::stop);
      case UNBIND -> unbind(queue);
      case DELETE_POLICY -> deletePolicy();
      case TAKE_DEAD_LETTERS -> deadLetters.take();
    }
    // Mostly too short a while for a migration, now and then long enough.
    awaitTasks(random.nextInt(random.nextInt(4) == 0 ? 1500 : 200));
  }

  /// How often each event happened.
  Map<Event, Integer> counts() {
    return Map.copyOf(counts);
  }

  private Event event() {
    return oneOf(
        Stream.of(Event.values())
            .flatMap(it -> Stream.generate(() -> it).limit(it.weight))
            .toList());
  }

  /// Applies the old YAML again before a migration has come to its end.
  private void changeMind(String queue) {
    var before = Objects.requireNonNull(applied.get(queue));
    apply(queue, specs.queue(queue));
    try {
      await().atMost(BRIEFLY).until(() -> isMigrating(queue));
    } catch (ConditionTimeoutException _) {
      // Not every change is a migration.
    }
    awaitTasks(random.nextInt(100));
    apply(queue, before);
  }

  private boolean isMigrating(String queue) {
    var status = pods.cluster().queue(queue).getStatus();
    return status != null && status.migration() != null;
  }

  private void killOperator() throws IOException {
    pods.cluster().operator().kill();
    awaitTasks(random.nextInt(200));
    pods.cluster().launchOperator();
  }

  private void killWorker(String queue) {
    var running = pods.podsOf(queue);
    if (!running.isEmpty()) {
      ledger.kill(queue);
      var _ = PodCluster.kill(oneOf(running));
      ledger.kill(queue);
    }
  }

  /// What ends the broker's node.
  private interface End {
    void run() throws IOException, InterruptedException;
  }

  private void interruptBroker(String queue, End end) throws IOException, InterruptedException {
    applied.keySet().forEach(ledger::kill);
    end.run();
    applied.keySet().forEach(ledger::kill);
    if (random.nextBoolean()) {
      apply(queue, specs.queue(queue));
    }
    broker.start();
  }

  private void unbind(String queue) {
    ledger.unbind(queue);
    ui.bindings("tasks", queue).stream().findAny().ifPresent(ui::unbind);
  }

  private void deletePolicy() {
    var own = ui.policies().stream().filter(name -> name.startsWith("warren.")).toList();
    if (!own.isEmpty()) {
      ui.deletePolicy(oneOf(own));
    }
  }

  private void awaitTasks(int count) {
    var enough = progress.getAsInt() + count;
    await().atMost(PATIENCE).until(() -> progress.getAsInt() >= enough);
  }

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
