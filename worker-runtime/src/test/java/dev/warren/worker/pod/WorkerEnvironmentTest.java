package dev.warren.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Every name and every default.
class WorkerEnvironmentTest {
  @Test
  void readsEveryVariable() {
    var environment =
        WorkerEnvironment.parse(
            Map.of(
                "WARREN_CONFIGURATION_FILE", "/etc/warren/worker/worker.properties",
                "WARREN_BINDING_DIRECTORY", "/etc/warren/binding",
                "WARREN_HTTP_HOST", "127.1.2.3",
                "WARREN_HTTP_PORT", "9090",
                "WARREN_POD_NAME", "resizer-0",
                "WARREN_HANDLER_PATH", "/handler",
                "PATH", "/bin"));

    assertThat(environment)
        .isEqualTo(
            new WorkerEnvironment(
                Path.of("/etc/warren/worker/worker.properties"),
                Path.of("/etc/warren/binding"),
                new InetSocketAddress("127.1.2.3", 9090),
                "resizer-0",
                "/handler",
                "/bin"));
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
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080),
                "worker",
                "",
                ""));
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
