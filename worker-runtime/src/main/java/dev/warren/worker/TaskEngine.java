package dev.warren.worker;

import dev.warren.model.WorkerConfiguration;
import dev.warren.worker.flow.FlowControl;
import dev.warren.worker.flow.TokenLease;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs deliveries: each on a virtual thread of its own, as many at once as the flow allows, in the
/// order of their priorities and then in that in which they came.
///
/// {@link #accept} may be called by any thread and never blocks. {@link #start} and {@link #stop}
/// are called once each, by the owner; {@link #configure} by one thread at a time.
public final class TaskEngine {
  private static final Logger LOG = LoggerFactory.getLogger(TaskEngine.class);

  /// How long a task that was cancelled at its deadline may take to end: a command may need it to
  /// clean up.
  private static final Duration TIMEOUT_GRACE = Duration.ofSeconds(30);

  /// How long a stop waits for the broker to confirm what goes back by a successor.
  private static final Duration HAND_BACK_LIMIT = Duration.ofSeconds(5);

  private enum Phase {
    /// Deliveries start as permits allow.
    RUNNING,
    /// Fetching is being stopped; given back now, a delivery could come straight back here.
    HOLDING,
    /// Whatever has not started goes back at once.
    DRAINING
  }

  private final String pod;
  private final TaskRunner runner;
  private final FlowControl flow;
  private final HandBack handBack;
  private final Suspects suspects;
  private final Regulator regulator;
  private final Attempts attempts;
  private final CountDownLatch stopping = new CountDownLatch(1);

  /// Deliveries that have not started; the window bounds it.
  private final WaitingTasks waiting = new WaitingTasks();

  /// Written by {@link #configure}, read by all.
  private volatile SettlementRules rules;

  /// Written by the stopping thread, read by all.
  private volatile Phase phase = Phase.RUNNING;

  /// An engine for these settings.
  ///
  /// @param pod name of this pod, for error headers
  public TaskEngine(
      WorkerConfiguration configuration,
      String pod,
      TaskRunner runner,
      TaskMonitor monitor,
      Clock clock) {
    this(configuration, pod, runner, monitor, TaskTracing.NONE, Optional.empty(), clock);
  }

  /// The same with traces, and under a rate limit that the whole fleet shares.
  ///
  /// @param tracing told of each attempt
  /// @param fleet where the fleet's tokens are; empty if each pod has its own. The engine closes it
  public TaskEngine(
      WorkerConfiguration configuration,
      String pod,
      TaskRunner runner,
      TaskMonitor monitor,
      TaskTracing tracing,
      Optional<TokenLease> fleet,
      Clock clock) {
    this(configuration, pod, runner, monitor, tracing, fleet, clock, TIMEOUT_GRACE);
  }

  /// @param timeoutGrace how long a task that was cancelled at its deadline may take to end
  TaskEngine(
      WorkerConfiguration configuration,
      String pod,
      TaskRunner runner,
      TaskMonitor monitor,
      TaskTracing tracing,
      Optional<TokenLease> fleet,
      Clock clock,
      Duration timeoutGrace) {
    this.pod = pod;
    this.runner = runner;
    this.rules = rules(configuration);
    this.flow = new FlowControl(configuration.flow(), configuration.ordered(), fleet);
    this.handBack = new HandBack(this::rules, clock);
    var processor =
        new TaskProcessor(this::rules, runner, monitor, tracing, flow, handBack, clock, stopping);
    this.attempts =
        new Attempts(processor, this::rules, handBack, this::releasePermit, timeoutGrace, clock);
    this.suspects = new Suspects(handBack, this::rules, attempts::settlePoisoned);
    this.regulator = new Regulator(flow, suspects, new Ground());
  }

  /// Starts to say how much the source may fetch, and to watch over deadlines.
  ///
  /// @param recycle run once if too many handlers hang for this pod to be of use; it is expected to
  ///   stop then
  public void start(DeliverySource source, Runnable recycle) {
    regulator.start(source);
    attempts.startWatch(recycle);
  }

  /// Takes other settings from now on: those that {@link WorkerConfiguration#startSettings} does
  /// not hold.
  public void configure(WorkerConfiguration configuration) {
    rules = rules(configuration);
    flow.change(configuration.flow());
    regulator.wake();
  }

  /// Whether the engine's own threads run.
  public boolean isAlive() {
    return attempts.isWatched() && (regulator.isAlive() || phase != Phase.RUNNING);
  }

  /// What the engine does at present, for metrics and `/readyz`.
  public EngineState state() {
    return new EngineState(
        flow.permits(),
        flow.running(),
        waiting.size(),
        regulator.window(),
        attempts.hung(),
        flow.breakerLevel(),
        flow.limiterWaits(),
        flow.adaptations(),
        regulator.pause());
  }

  /// Takes a delivery, to run it when the flow allows.
  public void accept(Delivery delivery) {
    if ((delivery.redeliveries() == 0 && !suspects.isCareful())
        || phase != Phase.RUNNING
        || suspects.admits(delivery, this::await)) {
      await(delivery);
    } else {
      regulator.wake();
    }
  }

  /// Stops for good: fetches no more, gives back what has not started, lets tasks finish until the
  /// drain deadline, interrupts the others and gives them back, closes the source.
  public void stop(DeliverySource source) throws InterruptedException {
    phase = Phase.HOLDING;
    regulator.stop();
    source.stopFetching();
    phase = Phase.DRAINING;
    stopping.countDown();
    attempts.close();
    runner.drain();
    advance();
    suspects.release();
    LOG.atInfo().addKeyValue("in_flight", attempts.size()).log("Draining tasks");
    attempts.await(rules.configuration().drainDeadline());
    attempts.abandon();
    handBack.await(HAND_BACK_LIMIT);
    source.close();
    flow.close();
    attempts.stopWatch();
  }

  private void await(Delivery delivery) {
    waiting.add(delivery);
    advance();
  }

  private void advance() {
    switch (phase) {
      case RUNNING -> startWaiting();
      case HOLDING -> {}
      case DRAINING -> giveBackWaiting();
    }
  }

  /// Looks at the queue again after every permit that it returns, because a delivery may have come
  /// while it held the last one.
  private void startWaiting() {
    while (!waiting.isEmpty() && flow.tryStart()) {
      var delivery = waiting.poll();
      if (delivery != null && delivery.isOutstanding()) {
        attempts.start(delivery);
      } else {
        flow.undoStart();
      }
    }
    if (flow.isLimited()) {
      heedLimit();
    }
  }

  /// What came too early waits for its token; nothing may come when the last token is spent.
  private void heedLimit() {
    if (flow.isSpent()) {
      regulator.close();
    }
    if (!waiting.isEmpty()) {
      regulator.wake();
    }
  }

  private void giveBackWaiting() {
    for (var delivery = waiting.poll(); delivery != null; delivery = waiting.poll()) {
      handBack.giveBack(delivery);
    }
  }

  private void releasePermit() {
    flow.finished();
    advance();
  }

  private SettlementRules rules() {
    return rules;
  }

  private SettlementRules rules(WorkerConfiguration configuration) {
    return new SettlementRules(
        configuration, new ErrorRules(configuration.errors()), pod, RandomGenerator.getDefault());
  }

  private final class Ground implements Regulator.Ground {
    @Override
    public boolean isEmpty() {
      return waiting.isEmpty() && attempts.isEmpty() && handBack.pending() == 0;
    }

    @Override
    public boolean isWaiting() {
      return !waiting.isEmpty();
    }

    @Override
    public void advance() {
      TaskEngine.this.advance();
    }

    @Override
    public void giveBackBeyond(int allowed) {
      for (int size = waiting.size(); size > allowed; size--) {
        var delivery = waiting.poll();
        if (delivery != null) {
          handBack.giveBack(delivery);
        }
      }
    }

    @Override
    public boolean startAlone(Delivery delivery) {
      var allowed = flow.tryStart();
      if (allowed) {
        attempts.start(delivery);
      }
      return allowed;
    }
  }
}
