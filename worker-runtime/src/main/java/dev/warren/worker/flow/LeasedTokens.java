package dev.warren.worker.flow;

import dev.warren.model.RateLimit;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This pod's tokens out of a bucket that the whole fleet shares. It keeps about as many in stock
/// as it uses between two looks: more each time that they did not suffice, and what it does not use
/// goes back to the others. While the bucket cannot be reached there are none: the limit is exact.
final class LeasedTokens implements Tokens, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LeasedTokens.class);
  private static final Duration PERIOD = Duration.ofMillis(100);
  private static final Duration LONGEST_REST = Duration.ofSeconds(1);

  /// A token that was not used for so many looks goes back.
  private static final int LONGEST_IDLE = 20;

  private final TokenLease lease;
  private final AtomicInteger stock = new AtomicInteger();
  private final AtomicInteger used = new AtomicInteger();
  private final Thread thread;

  /// Written by {@link #change}, read by the thread.
  private volatile RateLimit limit;

  /// When the bucket has another token. Written by the thread, read by all; so are the next two.
  private volatile long next = System.nanoTime();

  /// Tokens used between the last two looks.
  private volatile int pace;

  private volatile String trouble = "";

  private final CountDownLatch closed = new CountDownLatch(1);

  /// The thread's own: how many to have in stock, and for how many looks none was used.
  private int wanted = 1;

  private int idle;

  LeasedTokens(TokenLease lease, RateLimit limit) {
    this.lease = lease;
    this.limit = limit;
    this.thread = Thread.ofPlatform().daemon().name("rate-limit").unstarted(this::run);
  }

  /// Starts to take tokens.
  LeasedTokens started() {
    thread.start();
    return this;
  }

  @Override
  public boolean tryTake(long now) {
    int seen = stock.get();
    while (seen > 0) {
      int witness = stock.compareAndExchange(seen, seen - 1);
      if (witness == seen) {
        used.incrementAndGet();
        return true;
      }
      seen = witness;
    }
    return false;
  }

  @Override
  public void giveBack() {
    stock.incrementAndGet();
    used.decrementAndGet();
  }

  /// What is in stock, and what comes if others leave as much as before.
  @Override
  public long within(Duration time, long now) {
    long looks = time.dividedBy(PERIOD);
    boolean more = trouble.isEmpty() && next - now <= time.toNanos();
    return stock.get() + (more ? Math.max(1, pace * looks) : 0);
  }

  @Override
  public Duration untilNext(long now) {
    return stock.get() > 0 ? Duration.ZERO : PERIOD;
  }

  @Override
  public void change(RateLimit changed) {
    limit = changed;
  }

  @Override
  public String trouble() {
    return trouble;
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      var rest = look();
      while (!closed.await(rest.toMillis(), TimeUnit.MILLISECONDS)) {
        rest = look();
      }
      putBack();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } finally {
      lease.close();
    }
  }

  private void putBack() {
    try {
      var _ = lease.take(limit, -stock.getAndSet(0));
    } catch (RuntimeException e) {
      LOG.atInfo()
          .addKeyValue("reason", String.valueOf(e.getMessage()))
          .log("Unused tokens of the fleet's rate limit are lost");
    }
  }

  /// Takes or puts back what is to be; when to look again.
  Duration look() {
    adjust(used.getAndSet(0));
    int missing = wanted - stock.get();
    if (missing == 0 && trouble.isEmpty()) {
      return PERIOD;
    }
    try {
      var leased = lease.take(limit, missing);
      stock.addAndGet(leased.tokens());
      next = System.nanoTime() + leased.untilNext().toNanos();
      tell("");
      return rest(leased);
    } catch (RuntimeException e) {
      tell(String.valueOf(e.getMessage()));
      return LONGEST_REST;
    }
  }

  /// An empty bucket that fills slowly is not asked at every look.
  private static Duration rest(TokenLease.Leased leased) {
    var wait = leased.untilNext();
    if (leased.tokens() > 0 || wait.compareTo(PERIOD) <= 0) {
      return PERIOD;
    }
    return wait.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : wait;
  }

  private void adjust(int taken) {
    pace = Math.max(0, taken);
    idle = taken > 0 ? 0 : idle + 1;
    if (idle == LONGEST_IDLE) {
      idle = 0;
      wanted = 0;
    } else if (taken > 0 && stock.get() <= 0) {
      wanted = Math.clamp(2L * Math.max(wanted, taken), 1, Math.max(1, perSecond()));
    } else if (taken * 2 < wanted || wanted == 0) {
      wanted = Math.max(1, wanted - 1);
    }
  }

  private int perSecond() {
    return (int) Math.min(Integer.MAX_VALUE, limit.tasks() * 1_000L / limit.per().toMillis());
  }

  private void tell(String reason) {
    if (!reason.equals(trouble)) {
      trouble = reason;
      if (reason.isEmpty()) {
        LOG.info("The fleet's rate limit can be reached again");
      } else {
        LOG.atWarn()
            .addKeyValue("reason", reason)
            .log("The fleet's rate limit cannot be reached; no task starts meanwhile");
      }
    }
  }
}
