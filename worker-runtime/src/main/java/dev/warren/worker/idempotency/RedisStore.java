package dev.warren.worker.idempotency;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/// Remembers tasks in Redis: `warren:idempotency:<key>` holds the owner's name, or `done`, and
/// expires. Scripts compare the owner and write in one step.
final class RedisStore implements IdempotencyStore {
  private static final String PREFIX = "warren:idempotency:";
  private static final long CLAIMED = -1;
  private static final long DONE = -2;

  private static final String CLAIM =
      """
      local holder = redis.call('GET', KEYS[1])
      if not holder or holder == ARGV[1] then
        redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
        return -1
      end
      if holder == 'done' then
        return -2
      end
      return math.max(0, redis.call('PTTL', KEYS[1]))
      """;
  private static final String RECORD =
      """
      local holder = redis.call('GET', KEYS[1])
      if holder and holder ~= ARGV[1] then
        return 0
      end
      redis.call('SET', KEYS[1], 'done', 'PX', ARGV[2])
      return 1
      """;
  private static final String RELEASE =
      """
      if redis.call('GET', KEYS[1]) == ARGV[1] then
        redis.call('DEL', KEYS[1])
      end
      return 0
      """;

  private final RedisClient redis;

  RedisStore(RedisClient redis) {
    this.redis = redis;
  }

  @Override
  public Claim claim(String key, String owner, Duration lease) {
    long answer = run(CLAIM, key, owner, millis(lease));
    if (answer == CLAIMED) {
      return new Claim.Claimed();
    }
    return answer == DONE
        ? new Claim.AlreadyDone()
        : new Claim.HeldByOther(Duration.ofMillis(answer));
  }

  @Override
  public boolean record(String key, String owner, Duration timeToLive) {
    return run(RECORD, key, owner, millis(timeToLive)) == 1;
  }

  @Override
  public void release(String key, String owner) {
    run(RELEASE, key, owner);
  }

  /// Redis does so by itself.
  @Override
  public void removeExpired() {}

  @Override
  public void close() {
    redis.close();
  }

  private long run(String script, String key, String... arguments) {
    return asking(client -> (Long) client.eval(script, List.of(PREFIX + key), List.of(arguments)));
  }

  private long asking(Function<RedisClient, Long> question) {
    try {
      return Objects.requireNonNull(question.apply(redis));
    } catch (JedisException e) {
      throw new StoreException("Redis: " + reason(e), e);
    }
  }

  /// The pool hides why it cannot connect behind its own words.
  private static String reason(JedisException e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }

  private static String millis(Duration duration) {
    return Long.toString(Math.max(1, duration.toMillis()));
  }
}
