package dev.warren.worker.idempotency;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A store without a server, with a clock moved by hand, which can be made to fail. Safe for use by
/// many threads.
final class MemoryStore implements IdempotencyStore {
  private static final String DONE = "done";

  private record Entry(String owner, Instant expiresAt) {}

  private final Map<String, Entry> entries = new HashMap<>();
  private Instant now = Instant.EPOCH;
  private boolean failing;
  private int claims;

  synchronized void fail(boolean fails) {
    failing = fails;
  }

  synchronized void passTime(Duration time) {
    now = now.plus(time);
  }

  synchronized boolean isDone(String key) {
    var entry = live(key);
    return entry != null && entry.owner().equals(DONE);
  }

  synchronized boolean isFree(String key) {
    return live(key) == null;
  }

  /// How often it was asked for a claim, answered or not.
  synchronized int claims() {
    return claims;
  }

  @Override
  public synchronized Claim claim(String key, String owner, Duration lease) {
    claims++;
    answer();
    var held = live(key);
    if (held == null || held.owner().equals(owner)) {
      entries.put(key, new Entry(owner, now.plus(lease)));
      return new Claim.Claimed();
    }
    return held.owner().equals(DONE)
        ? new Claim.AlreadyDone()
        : new Claim.HeldByOther(Duration.between(now, held.expiresAt()));
  }

  @Override
  public synchronized boolean record(String key, String owner, Duration timeToLive) {
    answer();
    var held = live(key);
    if (held != null && !held.owner().equals(owner)) {
      return false;
    }
    entries.put(key, new Entry(DONE, now.plus(timeToLive)));
    return true;
  }

  @Override
  public synchronized void release(String key, String owner) {
    answer();
    var held = live(key);
    if (held != null && held.owner().equals(owner)) {
      entries.remove(key);
    }
  }

  @Override
  public synchronized void removeExpired() {
    answer();
  }

  @Override
  public void close() {}

  private @Nullable Entry live(String key) {
    var entry = entries.get(key);
    return entry != null && entry.expiresAt().isAfter(now) ? entry : null;
  }

  private void answer() {
    if (failing) {
      throw new StoreException("the store is switched off", new IllegalStateException());
    }
  }
}
