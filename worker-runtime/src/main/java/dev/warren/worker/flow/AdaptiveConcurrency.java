package dev.warren.worker.flow;

import static java.util.stream.Collectors.toUnmodifiableMap;

import dev.warren.model.Flow;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// How many tasks may run at once: the number that is set, or less where it adapts to how long
/// tasks take and to memory. {@link #took} and {@link #exhausted} are for any thread, {@link
/// #limit} is for one.
final class AdaptiveConcurrency {
  private static final Logger LOG = LoggerFactory.getLogger(AdaptiveConcurrency.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final Durations durations = new Durations();

  /// Null unless concurrency adapts. Written by the one thread, read by all.
  private volatile @Nullable AdaptiveLimit adaptive;

  /// Whether a task had to wait for a permit since the last decision. Written and read by all.
  private volatile boolean exhausted;

  /// How often it was adapted. Written by the one thread, read by all.
  private final Map<Adaptation, LongAdder> adaptations =
      Stream.of(Adaptation.values()).collect(toUnmodifiableMap(it -> it, _ -> new LongAdder()));

  /// Made when it is first needed; the one thread's, as the next.
  private @Nullable MemoryUse memory;

  private long decided = System.nanoTime();

  /// A handler returned or threw.
  void took(Duration duration) {
    if (adaptive != null) {
      durations.add(duration);
    }
  }

  /// A task had to wait for a permit.
  void exhausted() {
    if (!exhausted) {
      exhausted = true;
    }
  }

  /// How often it was adapted, by all reasons there are. For any thread.
  Map<Adaptation, Long> adaptations() {
    return adaptations.entrySet().stream()
        .collect(toUnmodifiableMap(Map.Entry::getKey, entry -> entry.getValue().sum()));
  }

  /// The limit for these settings, which is decided anew once a second.
  int limit(Flow flow, long now) {
    var bounds = flow.adaptive().orElse(null);
    if (bounds == null) {
      adaptive = null;
      return flow.concurrency();
    }
    var limit = adaptive;
    if (limit == null || !limit.isFor(bounds, flow.concurrency())) {
      var next = new AdaptiveLimit(bounds, flow.concurrency());
      limit = limit == null ? next : next.startingAt(limit.limit());
      adaptive = limit;
    }
    if (now - decided >= PERIOD.toNanos()) {
      decided = now;
      decide(limit, now);
    }
    return limit.limit();
  }

  private void decide(AdaptiveLimit limit, long now) {
    var use = memory == null ? new MemoryUse() : memory;
    memory = use;
    int before = limit.limit();
    var sample = durations.take(exhausted, use.share());
    exhausted = false;
    limit.decide(sample, now).ifPresent(change -> tell(change, before, limit.limit()));
  }

  private void tell(AdaptiveLimit.Change change, int before, int after) {
    Objects.requireNonNull(adaptations.get(change.adaptation())).increment();
    LOG.atInfo()
        .addKeyValue("before", before)
        .addKeyValue("concurrency", after)
        .addKeyValue("reason", change.told())
        .log("Concurrency adapts");
  }
}
