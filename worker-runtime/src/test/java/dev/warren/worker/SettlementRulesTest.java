package dev.warren.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.impl.LongStringHelper;
import dev.warren.model.ErrorRule;
import dev.warren.model.TaskHeaders;
import dev.warren.worker.testing.WorkerConfigurations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// The plan is three attempts, 50 ms and 100 ms apart.
class SettlementRulesTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  private static final Duration MAX_AGE = WorkerConfigurations.PLAN.maxAge();
  private static final String FIRST_DELAY = "warren.delay.50.0";
  private static final String SECOND_DELAY = "warren.delay.100.0";

  private static final List<ErrorRule> RULES =
      List.of(
          rule(IllegalArgumentException.class, ErrorRule.Outcome.FAIL, Optional.empty()),
          rule(UncheckedIOException.class, ErrorRule.Outcome.DROP, Optional.empty()),
          rule(
              UnsupportedOperationException.class,
              ErrorRule.Outcome.SNOOZE,
              Optional.of(Duration.ofMillis(60))),
          rule(
              IndexOutOfBoundsException.class,
              ErrorRule.Outcome.RETRY,
              Optional.of(Duration.ofMillis(60))));

  private final SettlementRules rules =
      new SettlementRules(
          WorkerConfigurations.standard(), new ErrorRules(RULES), "pod-1", new Random(1));

  @Test
  void acknowledgesDoneTasks() {
    assertThat(decide(Outcome.done(), 1))
        .isEqualTo(new Settlement.Acknowledge(TaskStatus.DONE, Optional.empty()));
  }

  @Test
  void acknowledgesDroppedTasks() {
    assertThat(decide(Outcome.drop("old"), 1))
        .isEqualTo(new Settlement.Acknowledge(TaskStatus.DROP, Optional.of("old")));
  }

  @Test
  void retriesThroughTheDelayOfTheAttempt() {
    assertThat(successor(decide(Outcome.retry(), 1)).exchange()).isEqualTo(FIRST_DELAY);
    assertThat(successor(decide(Outcome.retry(), 2)).exchange()).isEqualTo(SECOND_DELAY);
  }

  @Test
  void roundsWantedDelaysUpToPlannedOnes() {
    assertThat(successor(decide(Outcome.retryAfter(Duration.ofMillis(51)), 1)).exchange())
        .isEqualTo(SECOND_DELAY);
    assertThat(successor(decide(Outcome.retryAfter(Duration.ofDays(1)), 1)).exchange())
        .isEqualTo(SECOND_DELAY);
  }

  @Test
  void countsAttemptsAndRemembersTheOrigin() {
    var successor = successor(decide(Outcome.retry("busy"), 2));

    assertThat(successor.routingKey()).isEqualTo("resize");
    assertThat(successor.headers())
        .containsEntry(TaskHeaders.ATTEMPT, 3)
        .containsEntry(TaskHeaders.FIRST_SEEN, NOW.toEpochMilli())
        .containsEntry(TaskHeaders.ORIGIN_EXCHANGE, "tasks")
        .containsEntry(TaskHeaders.ORIGIN_ROUTING_KEY, "image.new")
        .containsEntry(TaskHeaders.ERROR_CLASS, "Retry")
        .containsEntry(TaskHeaders.ERROR_MESSAGE, "busy")
        .containsEntry(TaskHeaders.ERROR_TIME, NOW.toEpochMilli())
        .containsEntry(TaskHeaders.ERROR_WORKER, "pod-1");
  }

  @Test
  void makesADeadLetterOfTheLastFailure() {
    var settlement =
        decide(new AttemptResult.Threw(new IllegalStateException("boom")), delivered(3, Map.of()));

    assertThat(settlement.status()).isEqualTo(TaskStatus.FAIL);
    assertThat(successor(settlement).exchange()).isEqualTo("warren.dead-letter");
    assertThat(successor(settlement).headers())
        .containsEntry(TaskHeaders.ATTEMPT, 3)
        .containsEntry(TaskHeaders.ERROR_CLASS, "java.lang.IllegalStateException")
        .containsEntry(TaskHeaders.ERROR_MESSAGE, "boom");
  }

  @Test
  void makesADeadLetterOfAFailureForGood() {
    assertThat(successor(decide(Outcome.fail("broken picture"), 1)).headers())
        .containsEntry(TaskHeaders.ERROR_CLASS, "Fail")
        .containsEntry(TaskHeaders.ERROR_MESSAGE, "broken picture");
  }

  @Test
  void failsWhatARuleSaysIsForGood() {
    var settlement = threw(new NumberFormatException("twelve"));

    assertThat(settlement.status()).isEqualTo(TaskStatus.FAIL);
    assertThat(successor(settlement).headers())
        .containsEntry(TaskHeaders.ERROR_CLASS, "java.lang.NumberFormatException")
        .containsEntry(TaskHeaders.ERROR_MESSAGE, "twelve");
  }

  @Test
  void dropsWhatARuleSaysIsNotWorthIt() {
    var settlement = threw(new UncheckedIOException("gone", new IOException()));

    assertThat(settlement)
        .isEqualTo(
            new Settlement.Acknowledge(
                TaskStatus.DROP, Optional.of("java.io.UncheckedIOException: gone")));
  }

  @Test
  void snoozesForTheDelayOfARuleAndSaysWhy() {
    var settlement = threw(new UnsupportedOperationException("closed on Sundays"));

    assertThat(settlement.status()).isEqualTo(TaskStatus.SNOOZE);
    assertThat(successor(settlement).exchange()).isEqualTo(SECOND_DELAY);
    assertThat(successor(settlement).headers())
        .containsEntry(TaskHeaders.ATTEMPT, 1)
        .containsEntry(TaskHeaders.ERROR_MESSAGE, "closed on Sundays");
  }

  @Test
  void retriesAfterTheDelayOfARule() {
    var settlement = threw(new IndexOutOfBoundsException());

    assertThat(settlement.status()).isEqualTo(TaskStatus.RETRY);
    assertThat(successor(settlement).exchange()).isEqualTo(SECOND_DELAY);
  }

  @Test
  void snoozesNoTaskBeyondItsAge() {
    var old = seen(NOW.minus(MAX_AGE).plusMillis(99));

    assertThat(decide(new AttemptResult.Returned(snoozeFor(50)), old).status())
        .isEqualTo(TaskStatus.SNOOZE);
    var settlement = decide(new AttemptResult.Returned(snoozeFor(51)), old);
    assertThat(settlement.status()).isEqualTo(TaskStatus.FAIL);
    assertThat(successor(settlement).headers())
        .containsEntry(TaskHeaders.ERROR_CLASS, "MaxAge")
        .containsEntry(
            TaskHeaders.ERROR_MESSAGE,
            "the task is not tried again later than retry.maxAge 7d after it was first seen;"
                + " the handler asked for a snooze");
  }

  @Test
  void retriesNoTaskBeyondItsAge() {
    var settlement =
        decide(
            new AttemptResult.Threw(new IOException("down")),
            seen(NOW.minus(MAX_AGE).plusMillis(49)));

    assertThat(settlement.status()).isEqualTo(TaskStatus.FAIL);
    assertThat(successor(settlement).headers())
        .containsEntry(TaskHeaders.ERROR_CLASS, "java.io.IOException")
        .hasEntrySatisfying(
            TaskHeaders.ERROR_MESSAGE,
            message ->
                assertThat(message.toString()).contains("retry.maxAge 7d").endsWith("; down"));
  }

  @Test
  void makesADeadLetterOfAnUnreadableBody() {
    var settlement =
        decide(
            new AttemptResult.Threw(new UnreadableBodyException("line 1")), delivered(1, Map.of()));

    assertThat(settlement.status()).isEqualTo(TaskStatus.FAIL);
    assertThat(successor(settlement).headers())
        .containsEntry(TaskHeaders.ERROR_CLASS, "UnreadableBody");
  }

  @Test
  void retriesWhatTookTooLong() {
    var settlement =
        decide(new AttemptResult.TimedOut(Duration.ofMinutes(10), ""), delivered(1, Map.of()));

    assertThat(settlement.status()).isEqualTo(TaskStatus.RETRY);
    assertThat(successor(settlement).headers())
        .containsEntry(TaskHeaders.ERROR_CLASS, "Timeout")
        .containsEntry(
            TaskHeaders.ERROR_MESSAGE,
            "the attempt took longer than 10m; make it shorter or raise maxTaskDuration");
  }

  @Test
  void saysHowFarATaskCameThatTookTooLong() {
    var settlement =
        decide(
            new AttemptResult.TimedOut(Duration.ofMinutes(10), "page 3"), delivered(1, Map.of()));

    assertThat(successor(settlement).headers())
        .containsEntry(
            TaskHeaders.ERROR_MESSAGE,
            "the attempt took longer than 10m and came as far as 'page 3'; make it shorter or raise maxTaskDuration");
  }

  @Test
  void givesBackWhatAStopCutShort() {
    var settlement = decide(new AttemptResult.Stopped(), delivered(1, Map.of()));

    assertThat(settlement).isInstanceOf(Settlement.GiveBack.class);
  }

  @Property
  void burnsNoAttemptForASnooze(@ForAll @IntRange(min = 1) int attempt) {
    var settlement = decide(Outcome.snooze(Duration.ofMillis(1)), attempt);

    assertThat(settlement.status()).isEqualTo(TaskStatus.SNOOZE);
    assertThat(successor(settlement).headers())
        .containsEntry(TaskHeaders.ATTEMPT, Math.min(attempt, Integer.MAX_VALUE - 1))
        .doesNotContainKey(TaskHeaders.ERROR_CLASS);
  }

  @Property
  void neverRetriesBeyondThePlan(@ForAll @IntRange(min = 3) int attempt) {
    assertThat(decide(Outcome.retryAfter(Duration.ZERO), attempt).status())
        .isEqualTo(TaskStatus.FAIL);
  }

  @Test
  void keepsTheProducersHeadersAndDropsTheBrokers() {
    Map<String, Object> headers =
        Map.of(
            "traceparent",
            LongStringHelper.asLongString("00-a-b-01"),
            "tenant",
            LongStringHelper.asLongString("x"),
            "x-death",
            Map.of(),
            "x-first-death-queue",
            "q",
            "x-last-death-reason",
            "expired",
            "x-delivery-count",
            2L,
            "x-opt-deaths",
            1,
            "CC",
            "elsewhere");

    var successor =
        successor(decide(new AttemptResult.Returned(Outcome.retry()), delivered(1, headers)));

    assertThat(successor.headers())
        .containsEntry("traceparent", LongStringHelper.asLongString("00-a-b-01"))
        .containsKey("tenant")
        .doesNotContainKeys(
            "x-death",
            "x-first-death-queue",
            "x-last-death-reason",
            "x-delivery-count",
            "x-opt-deaths",
            "CC");
  }

  @Property
  void headersOfARetryReadBackAsTheNextAttempt(@ForAll @IntRange(min = 1, max = 2) int attempt) {
    var successor = successor(decide(Outcome.retry(), attempt));

    var next =
        read(
            new MessageProperties(
                "warren.return",
                "resize",
                "t1",
                null,
                null,
                null,
                null,
                HeaderValues.plain(successor.headers())),
            NOW.plusSeconds(9));

    assertThat(next.attempt()).isEqualTo(attempt + 1);
    assertThat(next.firstSeen()).isEqualTo(NOW);
    assertThat(next.exchange()).isEqualTo("tasks");
    assertThat(next.task().routingKey()).isEqualTo("image.new");
  }

  private static ErrorRule rule(
      Class<?> exception, ErrorRule.Outcome outcome, Optional<Duration> delay) {
    return new ErrorRule(Optional.of(exception.getName()), Optional.empty(), outcome, delay);
  }

  private static Outcome snoozeFor(long millis) {
    return Outcome.snooze(Duration.ofMillis(millis));
  }

  private Settlement threw(Exception thrown) {
    return decide(new AttemptResult.Threw(thrown), delivered(1, Map.of()));
  }

  private static MessageProperties seen(Instant first) {
    return delivered(1, Map.of(TaskHeaders.FIRST_SEEN, first.toEpochMilli()));
  }

  private Settlement decide(Outcome outcome, int attempt) {
    return decide(new AttemptResult.Returned(outcome), delivered(attempt, Map.of()));
  }

  private Settlement decide(AttemptResult result, MessageProperties properties) {
    return rules.decide(result, properties, read(properties, NOW), NOW);
  }

  private static IncomingTask read(MessageProperties properties, Instant now) {
    return IncomingTask.read(properties, new byte[0], now);
  }

  private static MessageProperties delivered(int attempt, Map<String, Object> headers) {
    var all = new HashMap<String, Object>(headers);
    all.put(TaskHeaders.ATTEMPT, attempt);
    return new MessageProperties("tasks", "image.new", "t1", null, null, null, null, all);
  }

  private static Successor successor(Settlement settlement) {
    assertThat(settlement).isInstanceOf(Settlement.Replace.class);
    return ((Settlement.Replace) settlement).successor();
  }
}
