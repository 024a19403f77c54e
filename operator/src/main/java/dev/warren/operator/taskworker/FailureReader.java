package dev.warren.operator.taskworker;

import dev.warren.crds.ErrorRuleSpec;
import dev.warren.crds.IdempotencySpec;
import dev.warren.model.ErrorRule;
import dev.warren.model.Idempotency;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Reads what becomes of tasks that fail, and of those that come twice. Messages of what is wrong
/// begin with the field below `spec.`. Pure.
final class FailureReader {
  private FailureReader() {}

  static List<ErrorRule> errors(@Nullable List<ErrorRuleSpec> specs) {
    var rules = Objects.requireNonNullElse(specs, List.<ErrorRuleSpec>of());
    return IntStream.range(0, rules.size())
        .mapToObj(number -> error("errors[%d]".formatted(number), rules.get(number)))
        .toList();
  }

  private static ErrorRule error(String field, ErrorRuleSpec spec) {
    var delay =
        Optional.ofNullable(spec.delay())
            .map(text -> SpecDurations.read(field + ".delay", text, Duration.ZERO));
    try {
      return new ErrorRule(
          Optional.ofNullable(spec.exception()),
          Optional.ofNullable(spec.message()),
          outcome(spec.outcome()),
          delay);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + " " + e.getMessage(), e);
    }
  }

  private static ErrorRule.Outcome outcome(ErrorRuleSpec.Outcome outcome) {
    return switch (outcome) {
      case Retry -> ErrorRule.Outcome.RETRY;
      case Snooze -> ErrorRule.Outcome.SNOOZE;
      case Fail -> ErrorRule.Outcome.FAIL;
      case Drop -> ErrorRule.Outcome.DROP;
    };
  }

  static Optional<Idempotency> idempotency(@Nullable IdempotencySpec spec) {
    return Optional.ofNullable(spec)
        .map(
            set ->
                new Idempotency(
                    store(set.store()),
                    SpecDurations.read("idempotency.ttl", set.ttl(), Idempotency.DEFAULT_TTL),
                    onStoreFailure(set.onStoreFailure())));
  }

  private static Idempotency.Store store(IdempotencySpec.Store store) {
    return switch (store) {
      case Redis -> Idempotency.Store.REDIS;
      case Postgres -> Idempotency.Store.POSTGRES;
    };
  }

  private static Idempotency.OnStoreFailure onStoreFailure(
      IdempotencySpec.@Nullable OnStoreFailure what) {
    return what == IdempotencySpec.OnStoreFailure.Proceed
        ? Idempotency.OnStoreFailure.PROCEED
        : Idempotency.OnStoreFailure.HOLD;
  }
}
