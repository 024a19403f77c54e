package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueueSpec.DeletionPolicy;
import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.model.QueueType;
import dev.warren.model.RetryPlan;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.taskqueue.SettingsResolver.Resolution;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsResolverTest {
  private static final QueueSettings DEFAULTS =
      new QueueSettings(
          "media",
          "image-resize",
          "default",
          "media",
          "image-resize",
          QueueType.QUORUM,
          new Exchange("tasks", "topic"),
          List.of("image-resize"),
          OptionalInt.empty(),
          new QueueSettings.Limits(Optional.empty(), OptionalLong.empty(), OptionalLong.empty()),
          Optional.empty(),
          new RetryPlan(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0.2),
          "warren.dead-letter",
          Duration.ofDays(7),
          OptionalLong.empty(),
          Duration.ofMinutes(10),
          DeletionPolicy.DeleteIfEmpty);

  @Test
  void hasADefaultForEveryField() {
    assertThat(resolve("{}")).isEqualTo(DEFAULTS);
  }

  @Test
  void takesAMissingSpecForAnEmptyOne() {
    var queue = queue("{}");
    queue.setSpec(null);

    assertThat(SettingsResolver.resolve(queue, broker("")))
        .isEqualTo(new Resolution.Resolved(DEFAULTS));
  }

  @Test
  void readsEveryField() {
    var spec =
        """
        broker: other
        queueName: resize
        type: Classic
        exchange: {name: media, type: Direct}
        routingKeys: [a, b]
        priorities: 9
        messageTtl: 1h
        maxLength: 100
        maxBytes: 1000
        overflow: DropHead
        retry: {maxAttempts: 3, initialDelay: 2s, multiplier: 3, maxDelay: 1m, jitter: 0.1}
        deadLetter: {exchange: dead, retention: 1d, maxLength: 10}
        maxTaskDuration: 1m
        deletionPolicy: Retain
        """;

    assertThat(resolve(spec))
        .isEqualTo(
            new QueueSettings(
                "media",
                "image-resize",
                "other",
                "media",
                "resize",
                QueueType.CLASSIC,
                new Exchange("media", "direct"),
                List.of("a", "b"),
                OptionalInt.of(9),
                new QueueSettings.Limits(
                    Optional.of(Duration.ofHours(1)), OptionalLong.of(100), OptionalLong.of(1000)),
                Optional.of(Overflow.DropHead),
                new RetryPlan(3, Duration.ofSeconds(2), 3, Duration.ofMinutes(1), 0.1),
                "dead",
                Duration.ofDays(1),
                OptionalLong.of(10),
                Duration.ofMinutes(1),
                DeletionPolicy.Retain));
  }

  @Test
  void takesTheTypeFromTheBrokersDefaults() {
    assertThat(resolved(SettingsResolver.resolve(queue("{}"), broker("defaults: {type: Classic}"))))
        .extracting(QueueSettings::type)
        .isEqualTo(QueueType.CLASSIC);
  }

  @Test
  void takesTheVhostFromTheBrokersPolicy() {
    var fixed = broker("vhostPolicy: {type: Fixed, vhost: shared}");

    assertThat(SettingsResolver.vhost(fixed, "media")).isEqualTo("shared");
    assertThat(SettingsResolver.vhost(broker("vhostPolicy: {}"), "media")).isEqualTo("media");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "messageTtl: soon                | spec.messageTtl: 'soon' is not a duration",
        "messageTtl: 50d                 | spec.messageTtl is '50d'; use 1ms to 49d",
        "messageTtl: 0s                  | spec.messageTtl is '0s'; use 1ms to 49d",
        "maxTaskDuration: 10 minutes     | spec.maxTaskDuration: '10 minutes' is not a duration",
        "maxTaskDuration: 0s             | spec.maxTaskDuration is '0s'; use 1ms to 49d",
        "deadLetter: {retention: 7 days} | spec.deadLetter.retention: '7 days' is not a duration",
        "deadLetter: {retention: 50d}    | spec.deadLetter.retention is '50d'; use 1ms to 49d",
        "retry: {initialDelay: 1}        | spec.retry.initialDelay: '1' is not a duration",
        "retry: {maxDelay: never}        | spec.retry.maxDelay: 'never' is not a duration",
        "retry: {maxDelay: 31d}          | spec.retry.maxDelay is 31d; use initialDelay to 30d",
        "retry: {maxDelay: 1ms}          | spec.retry.maxDelay is 1ms; use initialDelay to 30d",
        "retry: {maxAttempts: 31}        | spec.retry.maxAttempts is 31; use 1 to 30",
        "retry: {multiplier: 0.5}        | spec.retry.multiplier is 0.5; use 1 to 10",
        "retry: {jitter: 1.0}            | spec.retry.jitter is 1.0; use 0 to 0.5",
        "routingKeys: []                 | spec.routingKeys is empty; name a key",
      })
  void namesFieldValueAndRemedy(String spec, String problem) {
    assertThat(problems(spec)).singleElement().asString().startsWith(problem);
  }

  @ParameterizedTest
  @CsvSource({"tasks", "warren.return", "warren.delay.1000.0"})
  void refusesADeadLetterExchangeThatLeadsBack(String exchange) {
    assertThat(problems("deadLetter: {exchange: " + exchange + "}"))
        .containsExactly(
            "spec.deadLetter.exchange is '%s', which carries tasks that are not dead; choose another"
                .formatted(exchange));
  }

  @Test
  void saysHowADurationIsWritten() {
    assertThat(problems("messageTtl: soon"))
        .containsExactly(
            "spec.messageTtl: 'soon' is not a duration; write amounts with the units ms, s, m, h or d, such as"
                + " 500ms, 30s or 1h30m");
  }

  @Test
  void findsAllProblemsAtOnce() {
    assertThat(problems("messageTtl: soon\nretry: {maxDelay: x}\nmaxTaskDuration: y")).hasSize(3);
  }

  private static QueueSettings resolve(String spec) {
    return resolved(SettingsResolver.resolve(queue(spec), broker("")));
  }

  private static List<String> problems(String spec) {
    return switch (SettingsResolver.resolve(queue(spec), broker(""))) {
      case Resolution.Invalid(var problems) -> problems;
      case Resolution.Resolved(var settings) -> throw new AssertionError(settings);
    };
  }

  private static QueueSettings resolved(Resolution resolution) {
    return switch (resolution) {
      case Resolution.Resolved(var settings) -> settings;
      case Resolution.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }
}
