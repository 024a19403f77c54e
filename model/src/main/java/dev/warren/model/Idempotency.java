package dev.warren.model;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// How a task that was done before is recognised by its `message_id`.
///
/// @param store where done tasks are recorded; its address is in {@link
///   WorkerPod#IDEMPOTENCY_DIRECTORY}
/// @param ttl how long a record is kept, 1 s to {@link #MAX_TTL}
/// @param onStoreFailure what becomes of a task while the store does not answer
public record Idempotency(Store store, Duration ttl, OnStoreFailure onStoreFailure) {
  /// How long a record is kept where no time is named.
  public static final Duration DEFAULT_TTL = Duration.ofHours(24);

  /// The longest time that a record is kept.
  public static final Duration MAX_TTL = Duration.ofDays(365);

  private static final String STORE = "idempotency.store";

  /// Where done tasks are recorded.
  public enum Store {
    /// Redis, or what speaks its protocol.
    REDIS,
    /// PostgreSQL.
    POSTGRES
  }

  /// What becomes of a task while the store does not answer.
  public enum OnStoreFailure {
    /// It waits: nothing is done twice, and nothing is done.
    HOLD,
    /// It runs unrecorded: work goes on, and some may be done twice.
    PROCEED
  }

  public Idempotency {
    if (ttl.toSeconds() < 1 || ttl.compareTo(MAX_TTL) > 0) {
      throw new IllegalArgumentException(
          "idempotency.ttl is %s; use 1s to %s"
              .formatted(DurationText.format(ttl), DurationText.format(MAX_TTL)));
    }
  }

  static Optional<Idempotency> read(Settings settings) {
    return settings
        .optional(STORE)
        .map(
            text ->
                settings.check(
                    new Idempotency(Store.REDIS, DEFAULT_TTL, OnStoreFailure.HOLD),
                    () ->
                        new Idempotency(
                            settings.choice(STORE, Store.REDIS),
                            settings.duration("idempotency.ttl", DEFAULT_TTL),
                            settings.choice("idempotency.on-store-failure", OnStoreFailure.HOLD))));
  }

  void write(Map<String, String> values) {
    values.put(STORE, Settings.text(store));
    values.put("idempotency.ttl", DurationText.format(ttl));
    values.put("idempotency.on-store-failure", Settings.text(onStoreFailure));
  }
}
