package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes the list of conditions of a status from verdicts. Pure.
///
/// What the verdicts amount to is said once more in the words of
/// [kstatus](https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md), by
/// which Flux and others wait: `Reconciling` if it is under way, `Stalled` if it stays as it is
/// until somebody does something. Both are there only while they are true, and never together.
public final class Conditions {
  private static final String RECONCILING = "Reconciling";
  private static final String STALLED = "Stalled";

  private Conditions() {}

  /// One condition for each verdict, in their order, and what they amount to; the time of the last
  /// transition is kept while the status is.
  public static List<Condition> of(
      List<Verdict> verdicts,
      @Nullable List<Condition> before,
      @Nullable Long generation,
      Instant now) {
    return Stream.concat(verdicts.stream(), summary(verdicts).stream())
        .map(verdict -> condition(verdict, find(before, verdict.type()), generation, now))
        .toList();
  }

  /// The verdicts of which the conditions were made.
  public static List<Verdict> verdicts(@Nullable List<Condition> conditions) {
    return Objects.requireNonNullElse(conditions, List.<Condition>of()).stream()
        .filter(it -> !it.getType().equals(RECONCILING) && !it.getType().equals(STALLED))
        .map(Conditions::verdict)
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

  /// What waits for somebody's agreement (`Progressing` is false) is as it should be.
  private static Optional<Verdict> summary(List<Verdict> verdicts) {
    return find(verdicts, Verdict.DEGRADED, Verdict.Status.TRUE)
        .map(why -> why.as(STALLED))
        .or(
            () ->
                find(verdicts, Verdict.PROGRESSING, Verdict.Status.TRUE)
                    .or(() -> find(verdicts, Verdict.READY, Verdict.Status.UNKNOWN))
                    .map(why -> why.as(RECONCILING)))
        .or(
            () ->
                find(verdicts, Verdict.READY, Verdict.Status.FALSE)
                    .filter(
                        _ -> find(verdicts, Verdict.PROGRESSING, Verdict.Status.FALSE).isEmpty())
                    .map(why -> why.as(STALLED)));
  }

  private static Optional<Verdict> find(
      List<Verdict> verdicts, String type, Verdict.Status status) {
    return verdicts.stream()
        .filter(verdict -> verdict.type().equals(type) && verdict.status() == status)
        .findFirst();
  }

  private static Verdict verdict(Condition condition) {
    var status =
        Arrays.stream(Verdict.Status.values())
            .filter(it -> it.toString().equals(condition.getStatus()))
            .findFirst()
            .orElse(Verdict.Status.UNKNOWN);
    return new Verdict(condition.getType(), status, condition.getReason(), condition.getMessage());
  }

  private static Condition condition(
      Verdict verdict, Optional<Condition> before, @Nullable Long generation, Instant now) {
    var status = verdict.status().toString();
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
