package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueueSpec.DeletionPolicy;
import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.model.DelayLane;
import dev.warren.model.QueueType;
import dev.warren.model.RetryPlan;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.taskqueue.SettingsResolver.Resolution;
import dev.warren.operator.topology.QueueSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsResolverTest {
  private static final QueueSettings DEFAULTS =
      new QueueSettings(
          "media",
          "image-resize",
          "default",
          new QueueSettings.Place("media", false),
          "image-resize",
          new QueueSettings.Shape(QueueType.QUORUM, OptionalInt.empty(), 1, false, Map.of()),
          new Exchange("tasks", "topic"),
          List.of(new QueueSettings.Route("image-resize", Map.of())),
          new QueueSettings.Limits(
              Optional.empty(), OptionalLong.empty(), OptionalLong.empty(), Optional.empty()),
          new RetryPlan(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0.2),
          new QueueSettings.DeadLetters(
              "warren.dead-letter", Duration.ofDays(7), OptionalLong.empty()),
          Duration.ofMinutes(10),
          DeletionPolicy.DeleteIfEmpty,
          false);

  @Test
  void hasADefaultForEveryField() {
    assertThat(Settings.of("{}")).isEqualTo(DEFAULTS);
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
        shards: 3
        priorities: 9
        singleActiveConsumer: true
        arguments: {x-queue-mode: lazy}
        messageTtl: 1h
        maxLength: 100
        maxBytes: 1000
        overflow: DropHead
        retry: {maxAttempts: 3, initialDelay: 2s, multiplier: 3, maxDelay: 1m, jitter: 0.1}
        deadLetter: {exchange: dead, retention: 1d, maxLength: 10}
        maxTaskDuration: 1m
        deletionPolicy: Retain
        migration: Manual
        """;

    assertThat(Settings.of(spec))
        .isEqualTo(
            new QueueSettings(
                "media",
                "image-resize",
                "other",
                new QueueSettings.Place("media", false),
                "resize",
                new QueueSettings.Shape(
                    QueueType.CLASSIC, OptionalInt.of(9), 3, true, Map.of("x-queue-mode", "lazy")),
                new Exchange("media", "direct"),
                List.of(
                    new QueueSettings.Route("a", Map.of()), new QueueSettings.Route("b", Map.of())),
                new QueueSettings.Limits(
                    Optional.of(Duration.ofHours(1)),
                    OptionalLong.of(100),
                    OptionalLong.of(1000),
                    Optional.of(Overflow.DropHead)),
                new RetryPlan(3, Duration.ofSeconds(2), 3, Duration.ofMinutes(1), 0.1),
                new QueueSettings.DeadLetters("dead", Duration.ofDays(1), OptionalLong.of(10)),
                Duration.ofMinutes(1),
                DeletionPolicy.Retain,
                true));
  }

  @Test
  void takesWhatTheSpecLeavesOutFromTheBrokersDefaults() {
    var broker =
        broker(
            """
            defaults:
              type: Classic
              messageTtl: 2h
              maxLength: 200
              maxBytes: 2000
              overflow: RejectPublish
              retry: {maxAttempts: 7, initialDelay: 3s, multiplier: 1, maxDelay: 1h, jitter: 0}
              deadLetter: {retention: 2d, maxLength: 20}
              maxTaskDuration: 2m
              deletionPolicy: Delete
              migration: Manual
            """);

    var settings = Settings.of(queue("{}"), broker);

    assertThat(settings.type()).isEqualTo(QueueType.CLASSIC);
    assertThat(settings.limits())
        .isEqualTo(
            new QueueSettings.Limits(
                Optional.of(Duration.ofHours(2)),
                OptionalLong.of(200),
                OptionalLong.of(2000),
                Optional.of(Overflow.RejectPublish)));
    assertThat(settings.retry())
        .isEqualTo(new RetryPlan(7, Duration.ofSeconds(3), 1, Duration.ofHours(1), 0));
    assertThat(settings.deadLetters())
        .isEqualTo(
            new QueueSettings.DeadLetters(
                "warren.dead-letter", Duration.ofDays(2), OptionalLong.of(20)));
    assertThat(settings.maxTaskDuration()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.deletionPolicy()).isEqualTo(DeletionPolicy.Delete);
    assertThat(settings.manualMigration()).isTrue();
  }

  @Test
  void mergesDefaultsFieldByField() {
    var broker =
        broker(
            "defaults: {retry: {maxAttempts: 7, initialDelay: 3s}, deadLetter: {retention: 2d, maxLength: 20}}");

    var settings =
        Settings.of(queue("retry: {initialDelay: 5s}\ndeadLetter: {maxLength: 9}"), broker);

    assertThat(settings.retry())
        .isEqualTo(new RetryPlan(7, Duration.ofSeconds(5), 2, Duration.ofMinutes(10), 0.2));
    assertThat(settings.deadLetters())
        .isEqualTo(
            new QueueSettings.DeadLetters(
                "warren.dead-letter", Duration.ofDays(2), OptionalLong.of(9)));
  }

  @Test
  void takesThePlaceFromTheBrokersPolicy() {
    var fixed = broker("vhostPolicy: {type: Fixed, vhost: /}");

    assertThat(SettingsResolver.place(fixed, "media"))
        .isEqualTo(new QueueSettings.Place("/", true));
    assertThat(SettingsResolver.place(broker("vhostPolicy: {}"), "media"))
        .isEqualTo(new QueueSettings.Place("media", false));
  }

  @Test
  void keepsWhatIsWarrensApartWhereNamespacesShareAVhost() {
    var settings =
        Settings.of(queue("retry: {maxAttempts: 1, jitter: 0}"), broker(Settings.SHARED));

    assertThat(settings.returnExchange()).isEqualTo("warren.return@media");
    assertThat(settings.deadLetters().exchange()).isEqualTo("warren.dead-letter@media");
    assertThat(settings.delayLanes())
        .extracting(DelayLane::name)
        .containsExactly("warren.delay.1000.0@media");
  }

  @Test
  void leavesADeadLetterExchangeOfTheUsersChoiceAsItIs() {
    var spec = "deadLetter: {exchange: %s}";

    assertThat(deadLetterExchange(spec.formatted("dead"))).isEqualTo("dead");
    assertThat(deadLetterExchange(spec.formatted("warren.dead-letter")))
        .isEqualTo("warren.dead-letter@media");
  }

  @Test
  void readsArgumentsAsRabbitMqListsThem() {
    var spec =
        "arguments: {x-a: 'true', x-b: 'false', x-c: 'True', x-d: 7, x-e: 5000000000, x-f: '7'}";

    assertThat(Settings.of(spec).shape().arguments())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "x-a",
                true,
                "x-b",
                false,
                "x-c",
                "True",
                "x-d",
                7L,
                "x-e",
                5_000_000_000L,
                "x-f",
                "7"));
  }

  @Test
  void readsBindingsToAHeadersExchange() {
    var spec =
        """
        exchange: {name: events, type: Headers}
        bindings:
        - arguments: {x-match: any, size: 7, urgent: true, team: media}
        - arguments: {team: web}
        """;

    assertThat(Settings.of(spec).routes())
        .containsExactly(
            new QueueSettings.Route(
                "", Map.of("x-match", "any", "size", 7L, "urgent", true, "team", "media")),
            new QueueSettings.Route("", Map.of("team", "web")));
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
        "retry: {maxDelay: 1ms}          | spec.retry.maxDelay is 1ms, less than initialDelay 1s; use initialDelay to 30d",
        "retry: {maxAttempts: 31}        | spec.retry.maxAttempts is 31; use 1 to 30",
        "retry: {multiplier: 0.5}        | spec.retry.multiplier is 0.5; use 1 to 10",
        "retry: {jitter: 1.0}            | spec.retry.jitter is 1.0; use 0 to 0.5",
        "routingKeys: []                 | spec.routingKeys is empty; name a key",
        "queueName: a b                  | spec.queueName is 'a b'; use 1 to 200 letters, digits, '_', '.', ':' and '-', and not '.' or '..'",
        "exchange: {name: a/b}           | spec.exchange.name is 'a/b'; use 1 to 200 letters, digits, '_', '.', ':' and '-', and not '.' or '..'",
        "deadLetter: {exchange: d@web}   | spec.deadLetter.exchange is 'd@web'; use 1 to 200 letters",
        "exchange: {type: Headers}       | spec.bindings is empty; give the headers that are routed to this queue",
        "arguments: {x-a: [b]}           | spec.arguments has 'x-a' with value '[b]'; use a string, an integer, \"true\" or \"false\"",
        "arguments: {x-a: 0.5}           | spec.arguments has 'x-a' with value '0.5'; use a string, an integer, \"true\" or \"false\"",
        "arguments: {x-a: null}          | spec.arguments has 'x-a' with value 'null'; use a string, an integer, \"true\" or \"false\"",
        "arguments: {x-queue-type: a}    | spec.arguments has 'x-queue-type', which Warren sets or a field of its own does; leave it out",
        "arguments: {x-expires: 60000}   | spec.arguments has 'x-expires', which deletes the queue with its tasks while no worker runs; leave it out",
        "arguments: {x-warren-a: b}      | spec.arguments has 'x-warren-a', which Warren sets",
        "arguments: {alternate: b}       | spec.arguments has 'alternate'; names of queue arguments begin with 'x-'",
      })
  void namesFieldValueAndRemedy(String spec, String problem) {
    assertThat(problems(spec)).singleElement().asString().startsWith(problem);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[a]", "1.5", "{a: b}"})
  void namesAHeaderThatNoMessageCanHave(String value) {
    var spec = "exchange: {type: Headers}\nbindings: [{arguments: {size: %s}}]".formatted(value);

    assertThat(problems(spec))
        .singleElement()
        .asString()
        .startsWith("spec.bindings has header 'size' with value ")
        .endsWith("; use a string, an integer, true or false");
  }

  @Test
  void refusesARoutingKeyThatAmqpCannotCarry() {
    var longest = "ä".repeat(127);

    assertThat(Settings.of("routingKeys: ['%s']".formatted(longest)).routes()).hasSize(1);
    assertThat(problems("routingKeys: ['%sä']".formatted(longest)))
        .containsExactly(
            "spec.routingKeys has '%sä', which is longer than AMQP's 255 bytes; shorten it"
                .formatted(longest));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tasks", "warren.return", "warren.delay.1000.0"})
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

  private static String deadLetterExchange(String spec) {
    return Settings.of(queue(spec), broker(Settings.SHARED)).deadLetters().exchange();
  }

  private static List<String> problems(String spec) {
    return Settings.problems(queue(spec), broker(""));
  }
}
