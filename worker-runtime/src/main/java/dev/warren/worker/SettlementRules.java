package dev.warren.worker;

import dev.warren.model.DurationText;
import dev.warren.model.RetryPlan;
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
/// @param pod name of this pod, for error headers
record SettlementRules(WorkerConfiguration configuration, String pod, RandomGenerator random) {

  Settlement decide(
      AttemptResult result, MessageProperties properties, IncomingTask task, Instant now) {
    var delivered = new Delivered(properties, task, now);
    return switch (result) {
      case AttemptResult.Returned(var outcome) -> decide(outcome, delivered);
      case AttemptResult.Threw(UnreadableBodyException e) ->
          deadLetter(new Failure("UnreadableBody", String.valueOf(e.getMessage())), delivered);
      case AttemptResult.Threw(var cause) -> retry(Optional.empty(), Failure.of(cause), delivered);
      case AttemptResult.TimedOut(var limit) -> retry(Optional.empty(), timeout(limit), delivered);
      case AttemptResult.Stopped() ->
          new Settlement.GiveBack(Optional.of("the pod stopped before the task was done"));
    };
  }

  private Settlement decide(Outcome outcome, Delivered delivered) {
    return switch (outcome) {
      case Outcome.Done() -> new Settlement.Acknowledge(TaskStatus.DONE, Optional.empty());
      case Outcome.Drop(var reason) ->
          new Settlement.Acknowledge(TaskStatus.DROP, Optional.of(reason));
      case Outcome.Retry(var after, var reason) ->
          retry(after, new Failure("Retry", reason), delivered);
      case Outcome.Snooze(var delay) -> snooze(delay, delivered);
      case Outcome.Fail(var reason) -> deadLetter(new Failure("Fail", reason), delivered);
    };
  }

  private Settlement retry(Optional<Duration> after, Failure failure, Delivered delivered) {
    var planned = plan().delayAfter(delivered.task().attempt());
    if (planned.isEmpty()) {
      return deadLetter(failure, delivered);
    }
    var delay = after.map(plan()::delayAtLeast).orElse(planned.get());
    var headers =
        SuccessorHeaders.withFailure(
            delivered.headers(delivered.task().attempt() + 1), failure, delivered.now(), pod);
    var successor = new Successor(lane(delay), configuration.queue(), headers);
    return new Settlement.Replace(TaskStatus.RETRY, Optional.of(failure.toString()), successor);
  }

  private Settlement snooze(Duration wanted, Delivered delivered) {
    var delay = plan().delayAtLeast(wanted);
    var headers = delivered.headers(delivered.task().attempt());
    var successor = new Successor(lane(delay), configuration.queue(), headers);
    return new Settlement.Replace(TaskStatus.SNOOZE, Optional.empty(), successor);
  }

  private Settlement deadLetter(Failure failure, Delivered delivered) {
    var headers =
        SuccessorHeaders.withFailure(
            delivered.headers(delivered.task().attempt()), failure, delivered.now(), pod);
    var successor =
        new Successor(configuration.deadLetterExchange(), configuration.queue(), headers);
    return new Settlement.Replace(TaskStatus.FAIL, Optional.of(failure.toString()), successor);
  }

  private String lane(Duration delay) {
    return configuration.delayLane(delay, random.nextInt(plan().lanes())).name();
  }

  private RetryPlan plan() {
    return configuration.retry();
  }

  private static Failure timeout(Duration limit) {
    return new Failure(
        "Timeout",
        "the attempt took longer than %s; make it shorter or raise maxTaskDuration"
            .formatted(DurationText.format(limit)));
  }

  /// What every decision is about.
  private record Delivered(MessageProperties properties, IncomingTask task, Instant now) {
    Map<String, @Nullable Object> headers(int attempt) {
      return SuccessorHeaders.of(properties, task, attempt);
    }
  }
}
