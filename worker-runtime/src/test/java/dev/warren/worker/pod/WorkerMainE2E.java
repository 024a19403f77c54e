package dev.warren.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.model.BrokerBinding;
import dev.warren.model.HandlerConfiguration;
import dev.warren.model.QueueType;
import dev.warren.model.TaskHeaders;
import dev.warren.model.WorkerConfiguration;
import dev.warren.model.testing.TestBroker;
import dev.warren.worker.testing.TestTopology;
import dev.warren.worker.testing.WorkerConfigurations;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pod's whole life as a process.
class WorkerMainE2E {
  @TempDir private Path directory;
  private TestBroker broker;
  private TestTopology topology;

  @BeforeEach
  void open() throws Exception {
    broker = TestBroker.withNewVhost();
    topology = TestTopology.declare(broker, QueueType.CLASSIC, WorkerConfigurations.PLAN);
  }

  @AfterEach
  void close() throws Exception {
    topology.close();
    broker.close();
  }

  @Test
  void runsTasksAndCountsThemAndEndsWithZeroOnSigterm() throws Exception {
    topology.publishMany(200);
    try (var pod = start(FlakyHandler.class.getName(), topology.binding())) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> metrics(pod).contains("tasks_processed_total{outcome=\"fail\""));
      await().until(() -> metric(pod, "tasks_processed_total{outcome=\"done\",") == 190);
      await().until(() -> metric(pod, "task_dead_letters_total{") == 10);

      assertThat(metric(pod, "task_retries_total{")).isEqualTo(30 + 2 * 10);
      assertThat(metric(pod, "tasks_in_flight{")).isZero();
      assertThat(metric(pod, "task_process_seconds_count{")).isEqualTo(250);
      assertThat(metrics(pod))
          .contains("task_process_seconds_bucket{queue=\"resize\"", "task_wait_seconds_count{");
      assertThat(pod.status("/livez")).isEqualTo(200);
      assertThat(pod.status("/readyz")).isEqualTo(200);
      assertThat(pod.terminate()).isZero();
      assertThat(topology.ready()).isZero();
      assertThat(topology.takeDeadLetters()).hasSize(10);
      assertThat(pod.log()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
      assertThat(pod.log().getLast()).contains("\"message\":\"Stopped\"");
      assertThat(pod.log())
          .anySatisfy(
              line ->
                  assertThat(line)
                      .contains(
                          "\"task_id\":\"20\"",
                          "\"routing_key\":\"resize\"",
                          "\"attempt\":3",
                          "\"duration_ms\":",
                          "\"status\":\"fail\""));
    }
  }

  @Test
  void makesADeadLetterOfABodyThatIsNotJson() throws Exception {
    topology.publish("{\"path\":\nsecret");
    try (var _ = start(FlakyHandler.class.getName(), topology.binding())) {
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(topology.takeDeadLetters())
                      .singleElement()
                      .satisfies(
                          letter ->
                              assertThat(letter.getProps().getHeaders())
                                  .extractingByKey(TaskHeaders.ERROR_MESSAGE)
                                  .asString()
                                  .contains("the body is not JSON: line 2")
                                  .doesNotContain("secret")));
    }
  }

  @Test
  void saysWhyItIsNotReadyAndStaysAlive() throws Exception {
    var right = topology.binding();
    var wrong =
        new BrokerBinding(
            right.host(), right.port(), right.vhost(), right.username(), "x", Optional.empty());
    try (var pod = start(FlakyHandler.class.getName(), wrong)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> pod.status("/readyz") == 503 && pod.body("/readyz").contains("refused user"));

      assertThat(pod.status("/livez")).isEqualTo(200);
      assertThat(pod.terminate()).isZero();
      assertThat(pod.log()).filteredOn(line -> line.contains("refused user")).hasSize(1);
    }
  }

  @Test
  void takesChangedSettingsWithoutARestart() throws Exception {
    try (var pod = start(FlakyHandler.class.getName(), topology.binding())) {
      await().atMost(Duration.ofSeconds(30)).until(() -> metric(pod, "task_permits{") == 10);
      var changed = configuration(FlakyHandler.class.getName()).toSettings();
      changed.put("concurrency", "3");
      changed.put("prefetch", "3");
      changed.put("rate-limit.tasks", "1");
      changed.put("rate-limit.per", "1h");

      pod.configure(WorkerConfiguration.parse(changed));

      await().until(() -> metric(pod, "task_permits{") == 3);
      topology.publishMany(3);
      await().until(() -> metric(pod, "task_window{") == 0);
      await().until(() -> metric(pod, "task_process_seconds_count{") == 1);
      assertThat(pod.status("/readyz")).isEqualTo(200);
      assertThat(pod.body("/readyz"))
          .isEqualTo("ok, and fetching nothing by plan: the rate limit is used up\n");
      assertThat(pod.log())
          .filteredOn(line -> line.contains("The configuration has changed"))
          .singleElement()
          .asString()
          .contains("concurrency, prefetch, rate-limit.burst, rate-limit.per, rate-limit.tasks");
    }
  }

  @Test
  void isReadyWithoutASourceThatIsMissingAndSaysSoOnce() throws Exception {
    topology.declareSource("resize.1", Map.of());
    topology.publishTo("resize.1", 1);
    var configuration =
        WorkerConfigurations.consuming(
            new HandlerConfiguration.Java(FlakyHandler.class.getName()),
            Duration.ofSeconds(30),
            "resize.0",
            "resize.1");
    try (var pod = WorkerProcess.start(directory, configuration, topology.binding())) {
      await().atMost(Duration.ofSeconds(30)).until(() -> pod.status("/readyz") == 200);
      // Long enough for the missing one to be tried several times.
      await().during(Duration.ofSeconds(2)).until(() -> pod.status("/readyz") == 200);

      assertThat(pod.terminate()).isZero();
      assertThat(pod.log())
          .filteredOn(line -> line.contains("no queue 'resize.0'"))
          .singleElement()
          .asString()
          .contains("\"level\":\"INFO\"", "\"queue\":\"resize.0\"");
    }
  }

  @Test
  void endsWithOneMessageWhenTheHandlerClassIsMissing() throws Exception {
    try (var pod = start("com.example.Missing", topology.binding())) {
      assertThat(pod.awaitExit()).isEqualTo(78);

      assertThat(pod.terminationLog())
          .startsWith("handler class 'com.example.Missing' is not on the handler path: searched ")
          .endsWith("put its jar there or correct spec.handler.java.className");
      assertThat(pod.log()).singleElement().asString().contains(pod.terminationLog());
    }
  }

  private WorkerProcess start(String handlerClass, BrokerBinding binding) throws Exception {
    return WorkerProcess.start(directory, configuration(handlerClass), binding);
  }

  private static WorkerConfiguration configuration(String handlerClass) {
    return WorkerConfigurations.of(
        new HandlerConfiguration.Java(handlerClass),
        10,
        Duration.ofSeconds(30),
        Duration.ofSeconds(30));
  }

  private static String metrics(WorkerProcess pod) throws Exception {
    return pod.status("/metrics") == 200 ? pod.body("/metrics") : "";
  }

  /// The first sample whose line begins so; labels are sorted by name.
  private static double metric(WorkerProcess pod, String prefix) throws Exception {
    return metrics(pod)
        .lines()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .findFirst()
        .orElse(-1);
  }
}
