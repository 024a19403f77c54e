package dev.warren.model;

import java.util.Map;
import java.util.Optional;

/// How many tasks a pod fetches and runs, and how fast.
///
/// @param concurrency tasks in flight, from all sources together, 1 to {@link #MAX_CONCURRENCY}; if
///   it is adaptive, the most of them
/// @param prefetch deliveries that the broker may have outstanding here, from all sources together,
///   `concurrency` to {@link #MAX_PREFETCH}
/// @param adaptive whether the pod finds its concurrency by itself, and in which bounds
/// @param rateLimit how many tasks may start in a time
/// @param breaker when to stop fetching because tasks fail
/// @param batch how tasks are gathered for a handler that takes several at once; no larger than
///   `concurrency`, for a batch runs when it is whole
public record Flow(
    int concurrency,
    int prefetch,
    Optional<Adaptive> adaptive,
    Optional<RateLimit> rateLimit,
    Optional<Breaker> breaker,
    Optional<Batch> batch) {

  /// Tasks in flight in a pod that names no number.
  public static final int DEFAULT_CONCURRENCY = 10;

  /// The most tasks in flight in a pod.
  public static final int MAX_CONCURRENCY = 10_000;

  /// The most deliveries outstanding, as AMQP counts them.
  public static final int MAX_PREFETCH = 65_535;

  public Flow {
    require(
        prefetch >= concurrency,
        "prefetch is %d, less than concurrency %d; raise it or leave it out",
        prefetch,
        concurrency);
    adaptive.ifPresent(
        bounds ->
            require(
                bounds.minConcurrency() <= concurrency,
                "adaptive.minConcurrency is %d, more than concurrency %d; lower the one or raise the other",
                bounds.minConcurrency(),
                concurrency));
    batch.ifPresent(
        gathered ->
            require(
                gathered.size() <= concurrency,
                "batch.size is %d, more than concurrency %d, so that no batch would ever be whole; lower the one or raise the other",
                gathered.size(),
                concurrency));
  }

  /// This many tasks at once, without further limits.
  public static Flow of(int concurrency) {
    return new Flow(
        concurrency,
        prefetchFor(concurrency),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /// The prefetch that keeps `concurrency` handlers busy: a quarter more, because an
  /// acknowledgement takes a round trip before the next delivery comes.
  public static int prefetchFor(int concurrency) {
    return Math.min(MAX_PREFETCH, concurrency + (concurrency + 3) / 4);
  }

  /// The flow of each pod of a fleet that shares the rate limit.
  ///
  /// @param pods at least 1
  public Flow share(int pods) {
    return new Flow(
        concurrency, prefetch, adaptive, rateLimit.map(limit -> limit.share(pods)), breaker, batch);
  }

  static Flow read(Settings settings) {
    var concurrency = settings.integer("concurrency", 1, MAX_CONCURRENCY, DEFAULT_CONCURRENCY);
    var prefetch = settings.integer("prefetch", 1, MAX_PREFETCH, prefetchFor(concurrency));
    var adaptive = Adaptive.read(settings);
    var rateLimit = RateLimit.read(settings);
    var breaker = Breaker.read(settings);
    var batch = Batch.read(settings);
    return settings.check(
        Flow.of(concurrency),
        () -> new Flow(concurrency, prefetch, adaptive, rateLimit, breaker, batch));
  }

  void writeStart(Map<String, String> values) {
    rateLimit.ifPresent(limit -> limit.writeStart(values));
    batch.ifPresent(gathered -> gathered.write(values));
  }

  void writeLive(Map<String, String> values) {
    values.put("concurrency", Integer.toString(concurrency));
    values.put("prefetch", Integer.toString(prefetch));
    adaptive.ifPresent(bounds -> bounds.write(values));
    rateLimit.ifPresent(limit -> limit.writeLive(values));
    breaker.ifPresent(bound -> bound.write(values));
  }

  private static void require(boolean holds, String problem, int value, int bound) {
    if (!holds) {
      throw new IllegalArgumentException(problem.formatted(value, bound));
    }
  }
}
