package dev.warren.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.sun.net.httpserver.HttpServer;
import dev.warren.model.HandlerConfiguration;
import dev.warren.model.QueueType;
import dev.warren.model.TaskHeaders;
import dev.warren.model.testing.TestBroker;
import dev.warren.worker.testing.TestTopology;
import dev.warren.worker.testing.WorkerConfigurations;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A pod with a collector, as its environment says.
class TracingE2E {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String PUBLISHER = "b7ad6b7169203331";

  @TempDir private Path directory;
  private final List<byte[]> exported = new CopyOnWriteArrayList<>();
  private HttpServer collector;
  private TestBroker broker;
  private TestTopology topology;

  @BeforeEach
  void open() throws Exception {
    collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    collector.createContext(
        "/v1/traces",
        exchange -> {
          try (exchange) {
            exported.add(exchange.getRequestBody().readAllBytes());
            exchange.sendResponseHeaders(200, -1);
          }
        });
    collector.start();
    broker = TestBroker.withNewVhost();
    topology = TestTopology.declare(broker, QueueType.CLASSIC, WorkerConfigurations.PLAN);
  }

  @AfterEach
  void close() throws Exception {
    collector.stop(0);
    topology.close();
    broker.close();
  }

  @Test
  void exportsTheStoryOfATaskInThePublishersTrace() throws Exception {
    topology.publish(
        "{\"secret\":1}".getBytes(StandardCharsets.UTF_8),
        new BasicProperties.Builder()
            .messageId("20")
            .headers(
                Map.of(
                    TaskHeaders.TRACEPARENT,
                    "00-" + TRACE + "-" + PUBLISHER + "-01",
                    TaskHeaders.ENQUEUED_AT,
                    Instant.now().toEpochMilli()))
            .build());
    try (var pod = start(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint()))) {
      await().atMost(Duration.ofSeconds(30)).until(() -> topology.deadLetters() == 1);
      var metrics = pod.body("/metrics", "application/openmetrics-text");

      assertThat(pod.terminate()).isZero();
      assertThat(metrics)
          .endsWith("# EOF\n")
          .containsPattern("task_process_seconds_bucket.* # \\{.*trace_id=\"" + TRACE);
      var spans = exportedText();
      assertThat(spans)
          .contains("process resize", "wait resize", "send warren.dead-letter", "resizer-0")
          .contains(raw(TRACE), raw(PUBLISHER))
          .doesNotContain("secret");
      assertThat(pod.log()).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
      assertThat(pod.log()).anyMatch(line -> line.contains("\"trace_id\":\"" + TRACE + "\""));
      assertThat(topology.takeDeadLetters().getFirst().getProps().getHeaders())
          .extractingByKey(TaskHeaders.TRACEPARENT)
          .asString()
          .startsWith("00-" + TRACE)
          .doesNotContain(PUBLISHER);
    }
  }

  @Test
  void loadsNothingOfOpenTelemetryUnlessItIsAskedFor() throws Exception {
    topology.publishMany(1);
    try (var pod = start(Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load:file=" + classes()))) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> pod.status("/readyz") == 200 && topology.ready() == 0);

      assertThat(pod.terminate()).isZero();
      assertThat(classes())
          .content()
          .contains("dev.warren.worker.TaskEngine")
          .doesNotContain("io.opentelemetry.");
    }
  }

  @Test
  void saysWhichVariableItCannotUse() throws Exception {
    try (var pod = start(Map.of("OTEL_TRACES_EXPORTER", "telepathy"))) {
      assertThat(pod.awaitExit()).isEqualTo(78);

      assertThat(pod.terminationLog())
          .startsWith("environment: OpenTelemetry cannot be started: ")
          .contains("telepathy")
          .endsWith("correct its OTEL_ variables or set OTEL_SDK_DISABLED=true");
    }
  }

  private Path classes() {
    return directory.resolve("classes.log");
  }

  private WorkerProcess start(Map<String, String> variables) throws Exception {
    var configuration =
        WorkerConfigurations.of(
            new HandlerConfiguration.Java(FlakyHandler.class.getName()),
            10,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30));
    return WorkerProcess.start(directory, configuration, topology.binding(), variables);
  }

  private String endpoint() {
    return "http://127.0.0.1:" + collector.getAddress().getPort();
  }

  /// Ids are bytes and names are text in OTLP.
  private String exportedText() {
    var text = new StringBuilder();
    exported.forEach(body -> text.append(new String(body, StandardCharsets.ISO_8859_1)));
    return text.toString();
  }

  private static String raw(String id) {
    return new String(HexFormat.of().parseHex(id), StandardCharsets.ISO_8859_1);
  }
}
