package dev.warren.worker.flow;

import dev.warren.model.Flow;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Decides how many tasks may run, how fast they may start, and how many deliveries may be
/// outstanding for that. {@link #tryStart}, {@link #undoStart}, {@link #finished} and {@link
/// #count} are for any thread and cost an atomic operation or two; {@link #tick} is for one thread,
/// which calls it again and again.
public final class FlowControl {
  private static final Duration OFTEN = Duration.ofMillis(100);
  private static final Duration SELDOM = Duration.ofSeconds(1);
  private static final Duration SOON = Duration.ofMillis(10);

  private final boolean ordered;
  private final Permits permits;
  private final RateLimiter limiter;
  private final AdaptiveConcurrency adaptive = new AdaptiveConcurrency();
  private final OutageGuard outages = new OutageGuard();

  /// Written by {@link #change}, read by all.
  private volatile Flow flow;

  /// Starts with everything allowed.
  ///
  /// @param ordered whether tasks must start in the order in which they come: then the window never
  ///   moves, because another pod would get the next task while this one still holds the last, and
  ///   nothing goes back
  /// @param fleet the bucket of a rate limit that is the fleet's, if there is one
  public FlowControl(Flow flow, boolean ordered, Optional<TokenLease> fleet) {
    this.flow = flow;
    this.ordered = ordered;
    this.permits = new Permits(flow.concurrency());
    this.limiter = new RateLimiter(fleet);
    limiter.change(flow.rateLimit());
  }

  /// Takes other settings from now on. By one thread at a time.
  public void change(Flow wanted) {
    flow = wanted;
    limiter.change(wanted.rateLimit());
  }

  /// Lets a task start if there are a permit and a token for it.
  public boolean tryStart() {
    if (!permits.tryAcquire()) {
      adaptive.exhausted();
      return false;
    }
    if (limiter.tryTake()) {
      return true;
    }
    permits.release();
    return false;
  }

  /// A task that was let start did not.
  public void undoStart() {
    permits.release();
    limiter.giveBack();
  }

  /// A task that was let start needs its permit no more.
  public void finished() {
    permits.release();
  }

  /// A task ended.
  ///
  /// @param failed whether that says something about what tasks need: failures that are answers
  ///   don't
  public void count(boolean failed) {
    outages.count(failed);
  }

  /// A handler returned or threw.
  public void took(Duration duration) {
    adaptive.took(duration);
  }

  /// Whether the last token for a good while is gone, so that the window must close before another
  /// delivery comes.
  public boolean isSpent() {
    return !ordered && limiter.isSpent();
  }

  /// Whether there is a rate limit.
  public boolean isLimited() {
    return limiter.isLimited();
  }

  /// Gives up what belongs to others. Called once, when no task starts any more.
  public void close() {
    limiter.close();
  }

  /// How many tasks may run at once, as things are.
  public int permits() {
    return permits.limit();
  }

  /// How many run.
  public int running() {
    return permits.used();
  }

  /// How often a task had to wait for a token.
  public long limiterWaits() {
    return limiter.waits();
  }

  /// How often concurrency was adapted, by all reasons there are.
  public Map<Adaptation, Long> adaptations() {
    return adaptive.adaptations();
  }

  /// How the breaker stands: 0 closed or none, 1 probing, 2 open.
  public int breakerLevel() {
    return outages.level();
  }

  /// Looks at what happened since the last time and decides.
  ///
  /// @param waiting whether a task waits to start
  /// @param singly whether tasks are to come one by one
  /// @param now {@link System#nanoTime}
  public Allowance tick(boolean waiting, boolean singly, long now) {
    var current = flow;
    int concurrency = adaptive.limit(current, now);
    var phase = outages.judge(current.breaker(), now);
    permits.resize(
        switch (phase) {
          case CLOSED -> singly ? 1 : concurrency;
          case PROBING -> 1;
          case OPEN -> 0;
        });
    if (ordered) {
      return new Allowance(current.concurrency(), Integer.MAX_VALUE, waiting ? SOON : OFTEN, "");
    }
    return switch (phase) {
      case CLOSED -> fetching(current, singly ? 1 : prefetch(current, concurrency), waiting, now);
      case PROBING -> new Allowance(1, 1, OFTEN, "");
      case OPEN -> new Allowance(0, 0, OFTEN, "the circuit breaker is open");
    };
  }

  private Allowance fetching(Flow current, int prefetch, boolean waiting, long now) {
    var next = current.breaker().isPresent() ? OFTEN : SELDOM;
    return limiter
        .allow(prefetch, permits.used(), waiting, OFTEN, now)
        .orElseGet(() -> new Allowance(prefetch, Integer.MAX_VALUE, next, ""));
  }

  /// A lower concurrency needs less in stock.
  private static int prefetch(Flow flow, int concurrency) {
    return concurrency == flow.concurrency()
        ? flow.prefetch()
        : Math.min(flow.prefetch(), Flow.prefetchFor(concurrency));
  }
}
