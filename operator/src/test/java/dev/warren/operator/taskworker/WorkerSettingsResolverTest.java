package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.bareWorker;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskWorker;
import dev.warren.model.Adaptive;
import dev.warren.model.Batch;
import dev.warren.model.Breaker;
import dev.warren.model.ErrorRule;
import dev.warren.model.Flow;
import dev.warren.model.HandlerConfiguration;
import dev.warren.model.Idempotency;
import dev.warren.model.LogLevel;
import dev.warren.model.RateLimit;
import dev.warren.model.RetryPlan;
import dev.warren.model.WorkerConfiguration;
import dev.warren.operator.scaling.Limits;
import dev.warren.operator.scaling.ScalingPolicy;
import dev.warren.operator.scaling.Schedule;
import dev.warren.operator.scaling.Target;
import dev.warren.operator.taskqueue.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerSettingsResolverTest {
  @Test
  void hasADefaultForEveryField() {
    assertThat(resolve(worker("")))
        .isEqualTo(
            new WorkerSettings(
                "media",
                "resizer",
                "example/resize:1",
                Settings.topology("{}"),
                Optional.of(
                    new WorkerConfiguration(
                        "media",
                        "resizer",
                        "image-resize",
                        List.of("image-resize"),
                        false,
                        new HandlerConfiguration.Java("com.example.Resize"),
                        Flow.of(10),
                        RetryPlan.DEFAULT,
                        List.of(),
                        Optional.empty(),
                        "warren.dead-letter",
                        Duration.ofMinutes(10),
                        Duration.ofMinutes(10),
                        LogLevel.INFO)),
                false,
                List.of(),
                new ScalingPolicy.Fixed(1, "1: fixed by spec.replicas"),
                Map.of()));
  }

  @Test
  void derivesPrefetchFromConcurrencyUnlessItIsSet() {
    assertThat(configuration("concurrency: 100").flow().prefetch()).isEqualTo(125);
    assertThat(configuration("concurrency: 100\nprefetch: 100").flow().prefetch()).isEqualTo(100);
  }

  @Test
  void readsEverySettingOfTheFlow() {
    var flow =
        configuration(
                """
                concurrency: 50
                prefetch: 60
                adaptive: {minConcurrency: 5, targetDuration: 250ms}
                rateLimit: {tasks: 120, per: 2m, burst: 10}
                circuitBreaker: {failureRate: 30, minTasks: 9, pause: 1m}
                batch: {size: 50, maxWait: 0s}
                """)
            .flow();

    assertThat(flow)
        .isEqualTo(
            new Flow(
                50,
                60,
                Optional.of(new Adaptive(5, Duration.ofMillis(250))),
                Optional.of(new RateLimit(120, Duration.ofMinutes(2), 10, false)),
                Optional.of(new Breaker(30, 9, Duration.ofMinutes(1))),
                Optional.of(new Batch(50, Duration.ZERO))));
  }

  @Test
  void fillsInWhatPartsLeaveOut() {
    var configuration =
        configuration(
            """
            adaptive: {targetDuration: 1s}
            rateLimit: {tasks: 120}
            circuitBreaker: {}
            batch: {size: 5}
            idempotency: {store: Redis, secretRef: {name: s}}
            """);

    assertThat(configuration.flow())
        .isEqualTo(
            new Flow(
                10,
                13,
                Optional.of(new Adaptive(1, Duration.ofSeconds(1))),
                Optional.of(new RateLimit(120, Duration.ofMinutes(1), 2, false)),
                Optional.of(new Breaker(50, 20, Duration.ofSeconds(30))),
                Optional.of(new Batch(5, Duration.ofMillis(200)))));
    assertThat(configuration.idempotency())
        .contains(
            new Idempotency(
                Idempotency.Store.REDIS, Duration.ofDays(1), Idempotency.OnStoreFailure.HOLD));
  }

  @Test
  void readsWhatBecomesOfFailuresAndWhatIsLogged() {
    var configuration =
        configuration(
            """
            errors:
            - {exception: java.io.IOException, outcome: Snooze, delay: 30s}
            - {message: 'no such (image|file)', outcome: Drop}
            idempotency: {store: Postgres, secretRef: {name: s}, ttl: 7d, onStoreFailure: Proceed}
            logLevel: Debug
            """);

    assertThat(configuration.errors())
        .containsExactly(
            new ErrorRule(
                Optional.of("java.io.IOException"),
                Optional.empty(),
                ErrorRule.Outcome.SNOOZE,
                Optional.of(Duration.ofSeconds(30))),
            new ErrorRule(
                Optional.empty(),
                Optional.of("no such (image|file)"),
                ErrorRule.Outcome.DROP,
                Optional.empty()));
    assertThat(configuration.idempotency())
        .contains(
            new Idempotency(
                Idempotency.Store.POSTGRES,
                Duration.ofDays(7),
                Idempotency.OnStoreFailure.PROCEED));
    assertThat(configuration.logLevel()).isEqualTo(LogLevel.DEBUG);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch: {size: 11} | spec.batch.size is 11, more than concurrency 10, so that no batch would ever be whole; lower the one or raise the other",
        "batch: {size: 5, maxWait: 2m} | spec.batch.maxWait is 2m; use 0s to 1m",
        "circuitBreaker: {pause: 2h} | spec.circuitBreaker.pause is 2h; use 1s to 1h",
        "idempotency: {store: Redis, secretRef: {name: s}, ttl: 500ms} | spec.idempotency.ttl is 500ms; use 1s to 365d",
        "errors: [{message: x, outcome: Drop}, {message: '(', outcome: Fail}] | spec.errors[1] has the message '(', which is no regular expression (Unclosed group); correct it",
        "errors: [{message: x, outcome: Retry, delay: soon}] | spec.errors[0].delay: 'soon' is not a duration; write amounts with the units ms, s, m, h or d, such as 500ms, 30s or 1h30m",
      })
  void refusesWhatTheSchemaCannot(String spec, String message) {
    assertThatIllegalArgumentException().isThrownBy(() -> configuration(spec)).withMessage(message);
  }

  @Test
  void takesTimesAndRetriesFromTheQueue() {
    var queueSpec =
        "queueName: resize\ntype: Classic\nsingleActiveConsumer: true\nmaxTaskDuration: 1h\nretry: {maxAttempts: 2}\ndeadLetter: {exchange: dead}";

    var configuration =
        WorkerSettingsResolver.resolve(
                worker(""), queue(queueSpec), broker(""), Settings.topology(queueSpec))
            .configuration()
            .orElseThrow();

    assertThat(configuration.queue()).isEqualTo("resize");
    assertThat(configuration.taskTimeout()).isEqualTo(Duration.ofHours(1));
    assertThat(configuration.drainDeadline()).isEqualTo(Duration.ofHours(1));
    assertThat(configuration.retry().maxAttempts()).isEqualTo(2);
    assertThat(configuration.deadLetterExchange()).isEqualTo("dead");
    assertThat(configuration.ordered()).isTrue();
  }

  @Test
  void knowsEveryKindOfHandler() {
    assertThat(handler("handler: {http: {url: 'http://resize:8080/'}}"))
        .contains(new HandlerConfiguration.Http(URI.create("http://resize:8080/")));
    assertThat(handler("handler: {exec: {command: [resize, -v]}}"))
        .contains(new HandlerConfiguration.Exec(List.of("resize", "-v")));
    assertThat(handler("handler: {exec: {command: [resize], protocol: JsonLines}}"))
        .contains(
            new HandlerConfiguration.Exec(
                List.of("resize"), HandlerConfiguration.Protocol.JSON_LINES));
    assertThat(handler("handler: {java: {}}"))
        .contains(new HandlerConfiguration.Java(Optional.empty()));
    assertThat(handler("handler: {custom: {}}")).isEmpty();
  }

  @Test
  void scalesByBacklogWithDefaults() {
    assertThat(resolve(worker("autoscaling: {}")).scaling())
        .isEqualTo(byBacklog(0, 20, 100, Duration.ofMinutes(1)));
  }

  @Test
  void scalesByBacklogAsTold() {
    var spec = "autoscaling: {minReplicas: 1, maxReplicas: 5, targetBacklog: 7, cooldown: 30s}";

    assertThat(resolve(worker(spec)).scaling())
        .isEqualTo(byBacklog(1, 5, 7, Duration.ofSeconds(30)));
  }

  @Test
  void wantsNoPodWhilePaused() {
    assertThat(resolve(worker("replicas: 3\npaused: true")).scaling())
        .isEqualTo(new ScalingPolicy.Fixed(0, "paused by spec.paused"));
  }

  @Test
  void wantsNoPodWhileTheQueueIsPaused() {
    var paused = queue("paused: true");

    assertThat(
            WorkerSettingsResolver.resolve(
                    worker("replicas: 3"), paused, broker(""), Settings.topology("paused: true"))
                .scaling())
        .isEqualTo(new ScalingPolicy.Fixed(0, "the TaskQueue is paused"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "handler: {}                                 | spec.handler names 0 kinds that are known; set exactly one of java, http, exec, custom",
        "handler: {python: {module: resize}}         | spec.handler names 0 kinds that are known; set exactly one of java, http, exec, custom",
        "handler: {java: {className: A}, custom: {}} | spec.handler names 2 kinds that are known; set exactly one of java, http, exec, custom",
        "handler: {http: {url: ftp://resize}}        | handler.http.url is 'ftp://resize'; use an absolute http or https URL",
        "handler: {http: {url: 'http://a b'}}        | spec.handler.http.url is 'http://a b'; use an absolute http or https URL",
        "handler: {exec: {command: []}}              | handler.exec.command is empty; name a program",
      })
  void namesWhatIsWrongWithAHandler(String spec, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resolve(bareWorker(spec)))
        .withMessage(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "autoscaling: {minReplicas: 6, maxReplicas: 5} | spec.autoscaling.minReplicas 6 is above maxReplicas 5; lower the one or raise the other",
        "autoscaling: {minReplicas: 21}                | spec.autoscaling.minReplicas 21 is above maxReplicas 20; lower the one or raise the other",
        "autoscaling: {cooldown: soon}                 | spec.autoscaling.cooldown: 'soon' is not a duration",
        "autoscaling: {targetWait: soon}               | spec.autoscaling.targetWait: 'soon' is not a duration",
        "autoscaling: {targetWait: 0s}                 | spec.autoscaling: targetWait is no time at all; use 1ms or more",
        "autoscaling: {targetWait: 1s, targetBacklog: 2} | spec.autoscaling.targetWait '1s' and targetBacklog 2 are both set; leave one of them out",
        "autoscaling: {schedules: [{start: x, end: 0 1 * * *, minReplicas: 2}]} | spec.autoscaling.schedules: start 'x' is no cron expression",
        "autoscaling: {schedules: [{start: 0 1 * * *, end: 0 2 * * *, timeZone: Nowhere, minReplicas: 2}]} | spec.autoscaling.schedules: timeZone 'Nowhere' is unknown",
        "autoscaling: {schedules: [{start: 0 1 * * *, end: 0 2 * * *, minReplicas: 21}]} | spec.autoscaling.schedules: minReplicas 21 is above maxReplicas 20",
        "prefetch: 9                                   | spec.prefetch is 9, less than concurrency 10; raise it or leave it out",
      })
  void namesWhatIsWrongWithANumber(String spec, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resolve(worker(spec)))
        .withMessageStartingWith(problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: 4                     | spec.replicas is 4, above spec.ceilings.workers 3 of TaskBroker 'default'; lower it, or ask for a higher ceiling",
        "autoscaling: {maxReplicas: 4}   | spec.autoscaling.maxReplicas is 4, above spec.ceilings.workers 3 of TaskBroker 'default'; lower it, or ask for a higher ceiling",
      })
  void namesTheCeilingThatAFleetIsAbove(String spec, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> resolve(worker(spec), broker("ceilings: {workers: 3}")))
        .withMessage(problem);
  }

  @Test
  void scalesNoFurtherThanTheCeiling() {
    assertThat(resolve(worker("autoscaling: {}"), broker("ceilings: {workers: 3}")).scaling())
        .isEqualTo(byBacklog(0, 3, 100, Duration.ofMinutes(1)));
    assertThat(resolve(worker("autoscaling: {}"), broker("ceilings: {workers: 30}")).scaling())
        .isEqualTo(byBacklog(0, 20, 100, Duration.ofMinutes(1)));
  }

  @Test
  void scalesByWaitAsTold() {
    var spec =
        """
        concurrency: 4
        rateLimit: {tasks: 120, per: 1m}
        autoscaling:
          targetWait: 30s
          scaleUp: {maxStep: 5}
          scaleDown: {maxStep: 1, stabilization: 5m}
          schedules: [{start: 0 8 * * 1-5, end: 0 18 * * 1-5, timeZone: Europe/Berlin, minReplicas: 3}]
        """;

    assertThat(resolve(worker(spec)).scaling())
        .isEqualTo(
            new ScalingPolicy.Automatic(
                new Target.Wait(Duration.ofSeconds(30)),
                new Limits(
                    0,
                    20,
                    Duration.ofMinutes(1),
                    Duration.ofMinutes(5),
                    5,
                    1,
                    List.of(Schedule.of("0 8 * * 1-5", "0 18 * * 1-5", "Europe/Berlin", 3))),
                4,
                Duration.ofMinutes(10),
                OptionalDouble.of(2)));
  }

  private static ScalingPolicy byBacklog(int min, int max, int target, Duration cooldown) {
    return new ScalingPolicy.Automatic(
        new Target.Backlog(target),
        Limits.between(min, max, cooldown, Duration.ofMinutes(2)),
        10,
        Duration.ofMinutes(10),
        OptionalDouble.empty());
  }

  private static WorkerSettings resolve(TaskWorker worker) {
    return resolve(worker, broker(""));
  }

  private static WorkerSettings resolve(TaskWorker worker, TaskBroker broker) {
    return WorkerSettingsResolver.resolve(worker, queue("{}"), broker, Settings.topology("{}"));
  }

  private static WorkerConfiguration configuration(String spec) {
    return resolve(worker(spec)).configuration().orElseThrow();
  }

  private static Optional<HandlerConfiguration> handler(String spec) {
    return resolve(bareWorker(spec)).configuration().map(WorkerConfiguration::handler);
  }
}
