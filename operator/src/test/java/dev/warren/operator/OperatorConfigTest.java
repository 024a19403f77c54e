package dev.warren.operator;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.operator.metricsapi.MetricsApiSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OperatorConfigTest {
  @Test
  void hasADefaultForEveryVariable() {
    assertThat(OperatorConfig.parse(Map.of(), "host-1"))
        .isEqualTo(
            new OperatorConfig(
                "0.0.0.0",
                8080,
                "host-1",
                Optional.empty(),
                Duration.ofSeconds(2),
                Duration.ofHours(1),
                512,
                Set.of(),
                AutoscalingSpec.Engine.Direct,
                false,
                Optional.empty()));
  }

  @Test
  void readsEveryVariable() {
    var environment =
        Map.ofEntries(
            entry("WARREN_HTTP_HOST", "127.0.0.1"),
            entry("WARREN_HTTP_PORT", "0"),
            entry("WARREN_POD_NAME", "operator-1"),
            entry("WARREN_LEASE_NAMESPACE", "warren-system"),
            entry("WARREN_POLL_INTERVAL", "500ms"),
            entry("WARREN_CREDENTIAL_OVERLAP", "2m"),
            entry("WARREN_THREADS", "4"),
            entry("WARREN_WATCH_NAMESPACES", "media,reports"),
            entry("WARREN_ENGINE", "Hpa"),
            entry("WARREN_UPGRADE_CRDS", "true"),
            entry("WARREN_METRICS_API_PORT", "8443"),
            entry("WARREN_METRICS_API_SERVICE", "warren-system/warren-metrics"),
            entry("WARREN_METRICS_API_CERTIFICATE", "/certificate"),
            entry("WARREN_METRICS_API_OWNER", "warren-metrics-api"));

    assertThat(OperatorConfig.parse(environment, "host-1"))
        .isEqualTo(
            new OperatorConfig(
                "127.0.0.1",
                0,
                "operator-1",
                Optional.of("warren-system"),
                Duration.ofMillis(500),
                Duration.ofMinutes(2),
                4,
                Set.of("media", "reports"),
                AutoscalingSpec.Engine.Hpa,
                true,
                Optional.of(
                    new MetricsApiSettings(
                        "127.0.0.1",
                        8443,
                        "warren-system",
                        "warren-metrics",
                        Optional.of(Path.of("/certificate")),
                        Optional.of("warren-metrics-api"),
                        Optional.of("warren-system"),
                        Set.of("media", "reports")))));
  }

  @Test
  void namesEveryVariableThatIsWrong() {
    var environment =
        Map.of(
            "WARREN_HTTP_PORT", "65536",
            "WARREN_POLL_INTERVAL", "99ms",
            "WARREN_THREADS", "many",
            "WARREN_WATCH_NAMESPACES", "media, reports",
            "WARREN_ENGINE", "hpa",
            "WARREN_UPGRADE_CRDS", "yes",
            "WARREN_METRICS_API_PORT", "8443",
            "WARREN_METRICS_API_SERVICE", "warren-metrics");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> OperatorConfig.parse(environment, "host-1"))
        .withMessage(
            "WARREN_WATCH_NAMESPACES: ' reports' is no name of a namespace;"
                + " use names separated by commas, without spaces;"
                + " WARREN_HTTP_PORT: '65536' is out of range; use 0 to 65535;"
                + " WARREN_POLL_INTERVAL: '99ms' is too short; use 100ms or more;"
                + " WARREN_THREADS: 'many' is out of range; use 1 to 1000;"
                + " WARREN_ENGINE: 'hpa' is no engine; use Hpa, Direct or Keda;"
                + " WARREN_UPGRADE_CRDS: 'yes' is neither true nor false; use one of them;"
                + " WARREN_METRICS_API_SERVICE: 'warren-metrics' names no Service; use namespace/name");
  }

  @Test
  void needsAServiceToServeMetrics() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OperatorConfig.parse(Map.of("WARREN_METRICS_API_PORT", "8443"), "host-1"))
        .withMessage(
            "WARREN_METRICS_API_SERVICE is missing, which WARREN_METRICS_API_PORT needs;"
                + " use namespace/name of the Service");
  }
}
