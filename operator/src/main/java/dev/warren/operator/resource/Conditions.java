package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes the list of conditions of a status from verdicts. Pure.
public final class Conditions {
  private Conditions() {}

  /// One condition for each verdict, in their order; the time of the last transition is kept while
  /// the status is.
  public static List<Condition> of(
      List<Verdict> verdicts,
      @Nullable List<Condition> before,
      @Nullable Long generation,
      Instant now) {
    return verdicts.stream()
        .map(verdict -> condition(verdict, find(before, verdict.type()), generation, now))
        .toList();
  }

  /// The condition of this type.
  public static Optional<Condition> find(@Nullable List<Condition> conditions, String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(condition -> type.equals(condition.getType())).findFirst();
  }

  /// Whether the condition of this type is true.
  public static boolean holds(@Nullable List<Condition> conditions, String type) {
    return find(conditions, type)
        .filter(condition -> condition.getStatus().equals("True"))
        .isPresent();
  }

  /// Whether `Ready` says something else than before, apart from its message.
  public static boolean readinessChanged(
      @Nullable List<Condition> before, @Nullable List<Condition> after) {
    var was = find(before, Verdict.READY);
    var is = find(after, Verdict.READY);
    return !was.map(Condition::getStatus).equals(is.map(Condition::getStatus))
        || !was.map(Condition::getReason).equals(is.map(Condition::getReason));
  }

  private static Condition condition(
      Verdict verdict, Optional<Condition> before, @Nullable Long generation, Instant now) {
    var status = verdict.holds() ? "True" : "False";
    var since =
        before
            .filter(condition -> Objects.equals(condition.getStatus(), status))
            .map(Condition::getLastTransitionTime)
            .orElse(now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new ConditionBuilder()
        .withType(verdict.type())
        .withStatus(status)
        .withReason(verdict.reason())
        .withMessage(verdict.message())
        .withObservedGeneration(generation)
        .withLastTransitionTime(since)
        .build();
  }
}
