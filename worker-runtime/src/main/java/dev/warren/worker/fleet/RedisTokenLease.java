package dev.warren.worker.fleet;

import dev.warren.model.RateLimit;
import dev.warren.worker.flow.TokenLease;
import dev.warren.worker.store.RedisConnections;
import dev.warren.worker.store.StoreSecret;
import java.time.Duration;
import java.util.List;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/// The fleet's bucket in Redis: `warren:rate-limit:<fleet>` holds the time up to which tokens are
/// spent, in microseconds of Redis' own clock, and expires when the bucket is full.
public final class RedisTokenLease implements TokenLease {
  private static final String PREFIX = "warren:rate-limit:";

  /// Tokens of this time may go together however small the burst is: pods ask a few times a second.
  private static final Duration PRECISION = Duration.ofMillis(250);

  /// Interval and capacity in microseconds, wanted tokens; answers tokens and microseconds until
  /// the next.
  private static final String TAKE =
      """
      local time = redis.call('TIME')
      local now = time[1] * 1000000 + time[2]
      local interval = tonumber(ARGV[1])
      local oldest = now - tonumber(ARGV[2])
      local spent = math.max(oldest, tonumber(redis.call('GET', KEYS[1]) or oldest))
      local tokens = math.min(tonumber(ARGV[3]), math.floor((now - spent) / interval))
      if tokens ~= 0 then
        spent = math.max(oldest, spent + tokens * interval)
        redis.call('SET', KEYS[1], string.format('%.3f', spent),
            'PX', math.ceil((spent - oldest) / 1000) + 1000)
      end
      return {tokens, math.ceil(math.max(0, spent + interval - now))}
      """;

  private final RedisClient redis;
  private final String key;

  RedisTokenLease(RedisClient redis, String fleet) {
    this.redis = redis;
    this.key = PREFIX + fleet;
  }

  /// The bucket of a fleet; nothing is connected before it is used.
  ///
  /// @param fleet a name that its pods share with no other fleet
  /// @throws dev.warren.worker.store.UnusableStoreException if the Secret holds no usable address
  public static RedisTokenLease open(StoreSecret secret, String fleet) {
    return new RedisTokenLease(RedisConnections.open(secret), fleet);
  }

  @Override
  public Leased take(RateLimit limit, int wanted) {
    double interval = limit.per().toNanos() / 1_000.0 / limit.tasks();
    double capacity = Math.max(interval * limit.burst(), PRECISION.toNanos() / 1_000.0);
    try {
      var arguments =
          List.of(Double.toString(interval), Double.toString(capacity), Integer.toString(wanted));
      var answer = (List<?>) redis.eval(TAKE, List.of(key), arguments);
      return new Leased(
          (int) number(answer.get(0)), Duration.ofNanos(number(answer.get(1)) * 1_000));
    } catch (JedisException e) {
      throw new IllegalStateException("Redis: " + reason(e), e);
    }
  }

  @Override
  public void close() {
    redis.close();
  }

  private static long number(Object answer) {
    return ((Number) answer).longValue();
  }

  /// The pool hides why it cannot connect behind its own words.
  private static String reason(JedisException e) {
    Throwable deepest = e;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }
}
