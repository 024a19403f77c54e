package dev.warren.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

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
                QueueType.QUORUM,
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
                Map.entry("queue.type", "classic"),
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

  private static WorkerConfiguration configuration(HandlerConfiguration handler) {
    return new WorkerConfiguration(
        "media",
        "resizer",
        "image-resize",
        QueueType.CLASSIC,
        handler,
        4,
        8,
        new RetryPlan(3, Duration.ofMillis(500), 1.5, Duration.ofMinutes(1), 0),
        "dead",
        Duration.ofHours(1),
        Duration.ofMinutes(5));
  }
}
