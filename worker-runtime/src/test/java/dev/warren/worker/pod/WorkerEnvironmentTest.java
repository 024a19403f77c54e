package dev.warren.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every name and every default.
class WorkerEnvironmentTest {
  @Test
  void readsEveryVariable() {
    var environment =
        WorkerEnvironment.parse(
            Map.of(
                "WARREN_CONFIGURATION_FILE", "/etc/warren/worker/worker.properties",
                "WARREN_BINDING_DIRECTORY", "/etc/warren/binding",
                "WARREN_IDEMPOTENCY_DIRECTORY", "/etc/warren/idempotency",
                "WARREN_HTTP_HOST", "127.1.2.3",
                "WARREN_HTTP_PORT", "9090",
                "WARREN_POD_NAME", "resizer-0",
                "WARREN_HANDLER_PATH", "/handler",
                "PATH", "/bin",
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"));

    assertThat(environment)
        .isEqualTo(
            new WorkerEnvironment(
                Path.of("/etc/warren/worker/worker.properties"),
                Path.of("/etc/warren/binding"),
                "/etc/warren/idempotency",
                new InetSocketAddress("127.1.2.3", 9090),
                "resizer-0",
                "/handler",
                "/bin",
                true));
  }

  @Test
  void hasDefaultsForAllButTwo() {
    var environment =
        WorkerEnvironment.parse(
            Map.of("WARREN_CONFIGURATION_FILE", "a", "WARREN_BINDING_DIRECTORY", "b"));

    assertThat(environment)
        .isEqualTo(
            new WorkerEnvironment(
                Path.of("a"),
                Path.of("b"),
                "",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080),
                "worker",
                "",
                "",
                false));
  }

  @ParameterizedTest
  @CsvSource({
    "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318, true",
    "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://collector:4318/v1/traces, true",
    "OTEL_TRACES_EXPORTER=otlp, true",
    "OTEL_TRACES_EXPORTER=none, false",
    "OTEL_TRACES_EXPORTER=, false",
    "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 OTEL_TRACES_EXPORTER=none, false",
    "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 OTEL_SDK_DISABLED=TRUE, false",
    "OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 OTEL_SDK_DISABLED=false, true",
    "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=http://collector:4318, false",
    "OTEL_SERVICE_NAME=resizer, false"
  })
  void tracesIfOpenTelemetrysVariablesSayWhereTo(String set, boolean traced) {
    var variables = new HashMap<String, String>();
    variables.put("WARREN_CONFIGURATION_FILE", "a");
    variables.put("WARREN_BINDING_DIRECTORY", "b");
    Stream.of(set.split(" ", -1))
        .map(variable -> variable.split("=", 2))
        .forEach(pair -> variables.put(pair[0], pair[1]));

    assertThat(WorkerEnvironment.parse(variables).traced()).isEqualTo(traced);
  }

  @Test
  void namesAllProblemsAtOnce() {
    assertThatThrownBy(() -> WorkerEnvironment.parse(Map.of("WARREN_HTTP_PORT", "http")))
        .hasMessage(
            "environment: WARREN_CONFIGURATION_FILE is missing; set it;"
                + " WARREN_BINDING_DIRECTORY is missing; set it;"
                + " WARREN_HTTP_PORT is 'http'; use 0 to 65535");
  }
}
