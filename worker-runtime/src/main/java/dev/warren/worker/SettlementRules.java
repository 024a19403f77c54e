package dev.warren.worker;

import dev.warren.model.DurationText;
import dev.warren.model.RetryPlan;
import dev.warren.model.TaskHeaders;
import dev.warren.model.WorkerConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Decides what becomes of a delivery after an attempt. Pure but for the choice among delay lanes,
/// which takes a random number.
///
/// @param errors what thrown exceptions mean; those of the configuration, compiled
/// @param pod name of this pod, for error headers
record SettlementRules(
    WorkerConfiguration configuration, ErrorRules errors, String pod, RandomGenerator random) {
  private static final int FEWEST_REDELIVERIES = 3;
  private static final int MOST_REDELIVERIES = 15;

  Settlement decide(
      AttemptResult result, MessageProperties properties, IncomingTask task, Instant now) {
    var delivered = new Delivered(properties, task, now);
    return switch (result) {
      case AttemptResult.Returned(var outcome) -> decide(outcome, delivered);
      case AttemptResult.Threw(UnreadableBodyException e) ->
          deadLetter(new Failure("UnreadableBody", String.valueOf(e.getMessage())), delivered);
      case AttemptResult.Threw(var cause) -> decide(cause, delivered);
      case AttemptResult.TimedOut(var limit, var progress) ->
          retry(Optional.empty(), timeout(limit, progress), delivered);
      case AttemptResult.Poisoned(var redeliveries) ->
          deadLetter(poisoned(redeliveries), delivered);
      case AttemptResult.Stopped() ->
          new Settlement.GiveBack(Optional.of("the pod stopped before the task was done"));
    };
  }

  /// The same task for the same attempt, on its way back to its queue.
  ///
  /// @param redeliveries how often it has come back from workers that died
  /// @param alone whether it is to be run alone
  Successor unchanged(
      MessageProperties properties, IncomingTask task, int redeliveries, boolean alone) {
    var headers = SuccessorHeaders.of(properties, task, task.attempt());
    headers.put(TaskHeaders.REDELIVERIES, redeliveries);
    if (alone) {
      headers.put(TaskHeaders.RUN_ALONE, true);
    }
    return new Successor(configuration.returnExchange(), configuration.queue(), headers);
  }

  /// So often come back from workers that died, a task is not run again. Well below the queue's
  /// delivery limit, at which the broker would make a dead letter of it without a reason.
  int redeliveryBound() {
    return Math.clamp(plan().maxAttempts(), FEWEST_REDELIVERIES, MOST_REDELIVERIES);
  }

  private Settlement decide(Outcome outcome, Delivered delivered) {
    return switch (outcome) {
      case Outcome.Done() -> new Settlement.Acknowledge(TaskStatus.DONE, Optional.empty());
      case Outcome.Drop(var reason) ->
          new Settlement.Acknowledge(TaskStatus.DROP, Optional.of(reason));
      case Outcome.Retry(var after, var reason) ->
          retry(after, new Failure("Retry", reason), delivered);
      case Outcome.Snooze(var delay) -> snooze(delay, Optional.empty(), delivered);
      case Outcome.Fail(var reason) -> deadLetter(new Failure("Fail", reason), delivered);
    };
  }

  private Settlement decide(Throwable cause, Delivered delivered) {
    var failure = Failure.of(cause);
    var rule = errors.find(cause);
    if (rule.isEmpty()) {
      return retry(Optional.empty(), failure, delivered);
    }
    var delay = rule.get().delay();
    return switch (rule.get().outcome()) {
      case RETRY -> retry(delay, failure, delivered);
      case SNOOZE -> snooze(delay.orElseThrow(), Optional.of(failure), delivered);
      case FAIL -> deadLetter(failure, delivered);
      case DROP -> new Settlement.Acknowledge(TaskStatus.DROP, Optional.of(failure.toString()));
    };
  }

  private Settlement retry(Optional<Duration> after, Failure failure, Delivered delivered) {
    var planned = plan().delayAfter(delivered.task().attempt());
    if (planned.isEmpty()) {
      return deadLetter(failure, delivered);
    }
    var delay = after.map(plan()::delayAtLeast).orElse(planned.get());
    if (delivered.isTooOldAfter(delay, plan().maxAge())) {
      return deadLetter(tooOld(Optional.of(failure)), delivered);
    }
    var headers =
        SuccessorHeaders.withFailure(
            delivered.headers(delivered.task().attempt() + 1), failure, delivered.now(), pod);
    var successor = new Successor(lane(delay), configuration.queue(), headers);
    return new Settlement.Replace(TaskStatus.RETRY, Optional.of(failure), successor);
  }

  /// @param failure what a rule has turned into a snooze, if it was not the handler's wish
  private Settlement snooze(Duration wanted, Optional<Failure> failure, Delivered delivered) {
    var delay = plan().delayAtLeast(wanted);
    if (delivered.isTooOldAfter(delay, plan().maxAge())) {
      return deadLetter(tooOld(failure), delivered);
    }
    var headers = delivered.headers(delivered.task().attempt());
    failure.ifPresent(told -> SuccessorHeaders.withFailure(headers, told, delivered.now(), pod));
    var successor = new Successor(lane(delay), configuration.queue(), headers);
    return new Settlement.Replace(TaskStatus.SNOOZE, failure, successor);
  }

  private Settlement deadLetter(Failure failure, Delivered delivered) {
    var headers =
        SuccessorHeaders.withFailure(
            delivered.headers(delivered.task().attempt()), failure, delivered.now(), pod);
    var successor =
        new Successor(configuration.deadLetterExchange(), configuration.queue(), headers);
    return new Settlement.Replace(TaskStatus.FAIL, Optional.of(failure), successor);
  }

  private Failure tooOld(Optional<Failure> failure) {
    var rule =
        "the task is not tried again later than retry.maxAge %s after it was first seen"
            .formatted(DurationText.format(plan().maxAge()));
    return failure
        .map(last -> new Failure(last.errorClass(), rule + "; " + last.message()))
        .orElseGet(() -> new Failure("MaxAge", rule + "; the handler asked for a snooze"));
  }

  private String lane(Duration delay) {
    return configuration.delayLane(delay, random.nextInt(plan().lanes())).name();
  }

  private RetryPlan plan() {
    return configuration.retry();
  }

  private static Failure timeout(Duration limit, String progress) {
    return new Failure(
        "Timeout",
        "the attempt took longer than %s%s; make it shorter or raise maxTaskDuration"
            .formatted(
                DurationText.format(limit),
                progress.isEmpty() ? "" : " and came as far as '%s'".formatted(progress)));
  }

  private static Failure poisoned(int redeliveries) {
    return new Failure(
        "PoisonTask",
        "it was in flight when %d workers died, and was not run again; see why they died before replaying it"
            .formatted(redeliveries));
  }

  /// What every decision is about.
  private record Delivered(MessageProperties properties, IncomingTask task, Instant now) {
    Map<String, @Nullable Object> headers(int attempt) {
      var headers = SuccessorHeaders.of(properties, task, attempt);
      headers.remove(TaskHeaders.SENT_AT); // of the message before, unless it is written anew
      return headers;
    }

    boolean isTooOldAfter(Duration delay, Duration maxAge) {
      return Duration.between(task.firstSeen(), now.plus(delay)).compareTo(maxAge) > 0;
    }
  }
}
