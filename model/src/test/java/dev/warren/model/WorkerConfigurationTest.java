package dev.warren.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerConfigurationTest {
  private static final Map<String, String> SMALLEST =
      Map.of(
          "namespace", "media",
          "worker", "resizer",
          "queue", "image-resize",
          "handler.java.class-name", "com.acme.Resize");

  @Test
  void everyDefaultIsKnown() {
    assertThat(WorkerConfiguration.parse(SMALLEST))
        .isEqualTo(
            new WorkerConfiguration(
                "media",
                "resizer",
                "image-resize",
                List.of("image-resize"),
                false,
                new HandlerConfiguration.Java("com.acme.Resize"),
                new Flow(
                    10, 13, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                new RetryPlan(
                    5, Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0.2, Duration.ofDays(7)),
                List.of(),
                Optional.empty(),
                "warren.dead-letter",
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                LogLevel.INFO));
  }

  @Test
  void everyDefaultOfAPartThatIsSetIsKnown() {
    var configuration =
        WorkerConfiguration.parse(
            with(
                "rate-limit.tasks=120",
                "batch.size=5",
                "adaptive.target-duration=1s",
                "circuit-breaker.failure-rate=50",
                "idempotency.store=postgres",
                "error.0.exception=a.B"));

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
                Idempotency.Store.POSTGRES, Duration.ofDays(1), Idempotency.OnStoreFailure.HOLD));
    assertThat(configuration.errors())
        .containsExactly(
            new ErrorRule(
                Optional.of("a.B"), Optional.empty(), ErrorRule.Outcome.RETRY, Optional.empty()));
  }

  @Test
  void everySettingHasItsName() {
    var configuration =
        configuration(
            new HandlerConfiguration.Exec(
                List.of("/usr/bin/resize", "--size", "10 20"),
                HandlerConfiguration.Protocol.JSON_LINES));

    assertThat(configuration.toSettings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("namespace", "media"),
                Map.entry("worker", "resizer"),
                Map.entry("queue", "image-resize"),
                Map.entry("source.0", "image-resize.0"),
                Map.entry("source.1", "image-resize.1"),
                Map.entry("vhost.shared", "true"),
                Map.entry("concurrency", "4"),
                Map.entry("prefetch", "8"),
                Map.entry("retry.max-attempts", "3"),
                Map.entry("retry.initial-delay", "500ms"),
                Map.entry("retry.multiplier", "1.5"),
                Map.entry("retry.max-delay", "1m"),
                Map.entry("retry.jitter", "0.0"),
                Map.entry("retry.max-age", "2d"),
                Map.entry("adaptive.min-concurrency", "2"),
                Map.entry("adaptive.target-duration", "250ms"),
                Map.entry("rate-limit.tasks", "120"),
                Map.entry("rate-limit.per", "1m"),
                Map.entry("rate-limit.burst", "7"),
                Map.entry("rate-limit.shared", "true"),
                Map.entry("circuit-breaker.failure-rate", "30"),
                Map.entry("circuit-breaker.min-tasks", "9"),
                Map.entry("circuit-breaker.pause", "10s"),
                Map.entry("batch.size", "3"),
                Map.entry("batch.max-wait", "1s"),
                Map.entry("idempotency.store", "redis"),
                Map.entry("idempotency.ttl", "1h"),
                Map.entry("idempotency.on-store-failure", "proceed"),
                Map.entry("error.0.exception", "java.net.ConnectException"),
                Map.entry("error.0.outcome", "snooze"),
                Map.entry("error.0.delay", "30s"),
                Map.entry("error.1.message", "no such (image|file)"),
                Map.entry("error.1.outcome", "fail"),
                Map.entry("log.level", "debug"),
                Map.entry("dead-letter.exchange", "dead"),
                Map.entry("task.timeout", "1h"),
                Map.entry("drain.deadline", "5m"),
                Map.entry("handler.exec.protocol", "json-lines"),
                Map.entry("handler.exec.command.0", "/usr/bin/resize"),
                Map.entry("handler.exec.command.1", "--size"),
                Map.entry("handler.exec.command.2", "10 20")));
  }

  @Test
  void onlyWhatAPodTakesAtItsStartNeedsANewPod() {
    var settings = configuration(new HandlerConfiguration.Java("com.acme.Resize")).startSettings();

    assertThat(settings.keySet())
        .containsExactlyInAnyOrder(
            "namespace",
            "worker",
            "queue",
            "source.0",
            "source.1",
            "vhost.shared",
            "handler.java.class-name",
            "rate-limit.shared",
            "batch.size",
            "batch.max-wait",
            "idempotency.store",
            "idempotency.ttl",
            "idempotency.on-store-failure",
            "dead-letter.exchange",
            "task.timeout",
            "drain.deadline");
  }

  @Test
  void readsWhatItWrites() {
    for (var handler :
        List.of(
            new HandlerConfiguration.Java("com.acme.Resize"),
            new HandlerConfiguration.Java(Optional.empty()),
            new HandlerConfiguration.Http(URI.create("http://localhost:8080/tasks")),
            new HandlerConfiguration.Exec(List.of("resize")))) {
      assertThat(WorkerConfiguration.parse(configuration(handler).toSettings()))
          .isEqualTo(configuration(handler));
    }
  }

  @Test
  void allProblemsAreReportedAtOnce() {
    var failure =
        catchThrowableOfType(
            WarrenModelException.class,
            () ->
                WorkerConfiguration.parse(
                    Map.of(
                        "namespace", "media",
                        "concurrency", "0",
                        "task.timeout", "soon",
                        "retry.max-attempts", "many")));

    assertThat(failure.problems())
        .hasSize(6)
        .anyMatch(problem -> problem.equals("worker is missing; set it"))
        .anyMatch(problem -> problem.equals("queue is missing; set it"))
        .anyMatch(problem -> problem.equals("concurrency: '0' is out of range; use 1 to 10000"))
        .anyMatch(problem -> problem.startsWith("task.timeout: 'soon' is not a duration"))
        .anyMatch(problem -> problem.equals("retry.max-attempts: 'many' is not a number"))
        .anyMatch(problem -> problem.startsWith("0 handlers are set"));
  }

  @Test
  void prefetchBelowConcurrencyIsRefused() {
    var settings = new HashMap<>(SMALLEST);
    settings.put("prefetch", "5");

    var failure =
        catchThrowableOfType(WarrenModelException.class, () -> WorkerConfiguration.parse(settings));

    assertThat(failure.problems())
        .containsExactly("prefetch is 5, less than concurrency 10; raise it or leave it out");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "batch.size=11 | batch.size is 11, more than concurrency 10, so that no batch would ever be whole; lower the one or raise the other",
        "batch.size=0 | batch.size: '0' is out of range; use 1 to 10000",
        "batch.size=5,batch.max-wait=2m | batch.maxWait is 2m; use 0s to 1m",
        "adaptive.target-duration=1s,adaptive.min-concurrency=20 | adaptive.minConcurrency is 20, more than concurrency 10; lower the one or raise the other",
        "rate-limit.tasks=10,rate-limit.per=0s | rateLimit.per is 0s; use 1ms to 3650d",
        "circuit-breaker.failure-rate=50,circuit-breaker.pause=1ms | circuitBreaker.pause is 1ms; use 1s to 1h",
        "idempotency.store=disk | idempotency.store is 'disk'; use one of redis, postgres",
        "idempotency.store=redis,idempotency.ttl=0s | idempotency.ttl is 0s; use 1s to 365d",
        "error.0.outcome=drop | error.0 names neither exception nor message; set one of them or both",
        "error.0.message=([,error.0.outcome=fail | error.0 has the message '([', which is no regular expression (Unclosed character class); correct it",
        "error.0.message=x,error.0.outcome=snooze | error.0 has the outcome Snooze and no delay; set delay",
        "error.0.message=x,error.0.outcome=drop,error.0.delay=1s | error.0 has a delay, which only Retry and Snooze use; leave it out",
        "retry.max-age=0s | retry.maxAge is 0s; use 1s to 3650d",
        "log.level=loud | log.level is 'loud'; use one of error, warn, info, debug",
      })
  void settingsThatCannotBeMeantAreRefused(String settings, String problem) {
    var failure =
        catchThrowableOfType(
            WarrenModelException.class,
            () -> WorkerConfiguration.parse(with(settings.split(",", -1))));

    assertThat(failure.problems()).containsExactly(problem);
  }

  @Test
  void oneSourceThatIsTheTaskQueueNeedsNoSetting() {
    var configuration =
        configuration(new HandlerConfiguration.Java("com.acme.Resize"), List.of("image-resize"));

    assertThat(configuration.toSettings()).doesNotContainKey("source.0");
    assertThat(WorkerConfiguration.parse(configuration.toSettings())).isEqualTo(configuration);
  }

  @Test
  void anArgumentOfACommandMayBeEmpty() {
    var handler = new HandlerConfiguration.Exec(List.of("resize", "", " x "));

    var read = WorkerConfiguration.parse(configuration(handler).toSettings());

    assertThat(read.handler()).isEqualTo(handler);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "source.1=b | source.0 is missing; number them without a gap",
        "source.0=a,source.2=c | source.1 is missing; number them without a gap",
        "source.0=a,source.1=a | source 'a' is empty or set twice; name each queue once",
        "source.0= | source '' is empty or set twice; name each queue once"
      })
  void listsOfSourcesThatCannotBeMeantAreRefused(String sources, String problem) {
    var failure =
        catchThrowableOfType(
            WarrenModelException.class,
            () -> WorkerConfiguration.parse(with(sources.split(",", -1))));

    assertThat(failure.problems()).containsExactly(problem);
  }

  @Test
  void keepsThePromiseOfOrder() {
    var settings = configuration(new HandlerConfiguration.Java("com.acme.Resize")).toSettings();
    assertThat(WorkerConfiguration.parse(settings).ordered()).isFalse();
    settings.put("queue.ordered", "true");

    var ordered = WorkerConfiguration.parse(settings);

    assertThat(ordered.ordered()).isTrue();
    assertThat(ordered.startSettings()).containsEntry("queue.ordered", "true");
  }

  @Test
  void moreSourcesThanAPodConsumesAreRefused() {
    var settings = new HashMap<>(SMALLEST);
    for (int i = 0; i < 257; i++) {
      settings.put("source." + i, "queue-" + i);
    }

    var failure =
        catchThrowableOfType(WarrenModelException.class, () -> WorkerConfiguration.parse(settings));

    assertThat(failure.problems()).containsExactly("257 sources are set; use 1 to 256");
  }

  /// The smallest settings and these, each `key=value`.
  private static Map<String, String> with(String... further) {
    var settings = new HashMap<>(SMALLEST);
    for (var setting : further) {
      settings.put(
          setting.substring(0, setting.indexOf('=')), setting.substring(setting.indexOf('=') + 1));
    }
    return settings;
  }

  private static WorkerConfiguration configuration(HandlerConfiguration handler) {
    return configuration(handler, List.of("image-resize.0", "image-resize.1"));
  }

  private static WorkerConfiguration configuration(
      HandlerConfiguration handler, List<String> sources) {
    return new WorkerConfiguration(
        "media",
        "resizer",
        "image-resize",
        sources,
        true,
        handler,
        new Flow(
            4,
            8,
            Optional.of(new Adaptive(2, Duration.ofMillis(250))),
            Optional.of(new RateLimit(120, Duration.ofMinutes(1), 7, true)),
            Optional.of(new Breaker(30, 9, Duration.ofSeconds(10))),
            Optional.of(new Batch(3, Duration.ofSeconds(1)))),
        new RetryPlan(3, Duration.ofMillis(500), 1.5, Duration.ofMinutes(1), 0, Duration.ofDays(2)),
        List.of(
            new ErrorRule(
                Optional.of("java.net.ConnectException"),
                Optional.empty(),
                ErrorRule.Outcome.SNOOZE,
                Optional.of(Duration.ofSeconds(30))),
            new ErrorRule(
                Optional.empty(),
                Optional.of("no such (image|file)"),
                ErrorRule.Outcome.FAIL,
                Optional.empty())),
        Optional.of(
            new Idempotency(
                Idempotency.Store.REDIS, Duration.ofHours(1), Idempotency.OnStoreFailure.PROCEED)),
        "dead",
        Duration.ofHours(1),
        Duration.ofMinutes(5),
        LogLevel.DEBUG);
  }
}
