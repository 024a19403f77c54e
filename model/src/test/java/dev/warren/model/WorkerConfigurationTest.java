package dev.warren.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
                QueueType.QUORUM,
                false,
                new HandlerConfiguration.Java("com.acme.Resize"),
                10,
                13,
                new RetryPlan(5, Duration.ofSeconds(1), 2, Duration.ofMinutes(10), 0.2),
                "warren.dead-letter",
                Duration.ofMinutes(10),
                Duration.ofMinutes(10)));
  }

  @Test
  void everySettingHasItsName() {
    var configuration =
        configuration(new HandlerConfiguration.Exec(List.of("/usr/bin/resize", "--size", "10 20")));

    assertThat(configuration.toSettings())
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("namespace", "media"),
                Map.entry("worker", "resizer"),
                Map.entry("queue", "image-resize"),
                Map.entry("source.0", "image-resize.0"),
                Map.entry("source.1", "image-resize.1"),
                Map.entry("queue.type", "classic"),
                Map.entry("vhost.shared", "true"),
                Map.entry("concurrency", "4"),
                Map.entry("prefetch", "8"),
                Map.entry("retry.max-attempts", "3"),
                Map.entry("retry.initial-delay", "500ms"),
                Map.entry("retry.multiplier", "1.5"),
                Map.entry("retry.max-delay", "1m"),
                Map.entry("retry.jitter", "0.0"),
                Map.entry("dead-letter.exchange", "dead"),
                Map.entry("task.timeout", "1h"),
                Map.entry("drain.deadline", "5m"),
                Map.entry("handler.exec.command.0", "/usr/bin/resize"),
                Map.entry("handler.exec.command.1", "--size"),
                Map.entry("handler.exec.command.2", "10 20")));
  }

  @Test
  void readsWhatItWrites() {
    for (var handler :
        List.of(
            new HandlerConfiguration.Java("com.acme.Resize"),
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
                        "queue.type", "stream",
                        "concurrency", "0",
                        "task.timeout", "soon",
                        "retry.max-attempts", "many")));

    assertThat(failure.problems())
        .hasSize(7)
        .anyMatch(problem -> problem.equals("worker is missing; set it"))
        .anyMatch(problem -> problem.equals("queue is missing; set it"))
        .anyMatch(problem -> problem.equals("queue.type is 'stream'; use quorum or classic"))
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
    var settings = new HashMap<>(SMALLEST);
    for (var source : sources.split(",", -1)) {
      settings.put(
          source.substring(0, source.indexOf('=')), source.substring(source.indexOf('=') + 1));
    }

    var failure =
        catchThrowableOfType(WarrenModelException.class, () -> WorkerConfiguration.parse(settings));

    assertThat(failure.problems()).containsExactly(problem);
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
        QueueType.CLASSIC,
        true,
        handler,
        4,
        8,
        new RetryPlan(3, Duration.ofMillis(500), 1.5, Duration.ofMinutes(1), 0),
        "dead",
        Duration.ofHours(1),
        Duration.ofMinutes(5));
  }
}
