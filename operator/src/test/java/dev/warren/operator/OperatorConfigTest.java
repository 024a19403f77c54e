package dev.warren.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
                512));
  }

  @Test
  void readsEveryVariable() {
    var environment =
        Map.of(
            "WARREN_HTTP_HOST", "127.0.0.1",
            "WARREN_HTTP_PORT", "0",
            "WARREN_POD_NAME", "operator-1",
            "WARREN_LEASE_NAMESPACE", "warren-system",
            "WARREN_POLL_INTERVAL", "500ms",
            "WARREN_CREDENTIAL_OVERLAP", "2m",
            "WARREN_THREADS", "4");

    assertThat(OperatorConfig.parse(environment, "host-1"))
        .isEqualTo(
            new OperatorConfig(
                "127.0.0.1",
                0,
                "operator-1",
                Optional.of("warren-system"),
                Duration.ofMillis(500),
                Duration.ofMinutes(2),
                4));
  }

  @Test
  void namesEveryVariableThatIsWrong() {
    var environment =
        Map.of(
            "WARREN_HTTP_PORT", "65536",
            "WARREN_POLL_INTERVAL", "99ms",
            "WARREN_THREADS", "many");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> OperatorConfig.parse(environment, "host-1"))
        .withMessage(
            "WARREN_HTTP_PORT: '65536' is out of range; use 0 to 65535;"
                + " WARREN_POLL_INTERVAL: '99ms' is too short; use 100ms or more;"
                + " WARREN_THREADS: 'many' is out of range; use 1 to 1000");
  }
}
