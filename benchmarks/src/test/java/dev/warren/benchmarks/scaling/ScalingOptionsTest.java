package dev.warren.benchmarks.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalingOptionsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "RABBITMQ_URL", "amqp://bob:secret@127.0.0.1:20001",
          "RABBITMQ_MANAGEMENT_URL", "http://bob:secret@127.0.0.1:20002",
          "RABBITMQ_PID", "4711");

  @Test
  void hasDefaults() {
    var options = parse(ENVIRONMENT);

    assertThat(options.workers()).isEqualTo(1_000);
    assertThat(options.backlogs()).isEqualTo(120);
    assertThat(options.brokerPid()).isEqualTo(4_711);
    assertThat(options.metrics()).isEmpty();
    assertThat(options.asked()).isEmpty();
  }

  @Test
  void letsTheOperatorAskThePluginOnlyWhenToldTo() {
    var environment = new HashMap<>(ENVIRONMENT);
    environment.put("RABBITMQ_METRICS_URL", "http://127.0.0.1:20003");

    assertThat(parse(environment).asked()).isEmpty();
    assertThat(parse(environment, "--figures", "Prometheus").asked()).isPresent();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(ENVIRONMENT, "--figures", "Prometheus"))
        .withMessageContaining("RABBITMQ_METRICS_URL");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(environment, "--figures", "prometheus"))
        .withMessage("--figures is 'prometheus'; use Management or Prometheus");
  }

  @Test
  void refusesMoreBacklogsThanQueues() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(ENVIRONMENT, "--workers", "20", "--backlogs", "21"))
        .withMessage("--backlogs is '21'; use 1 to 20");
  }

  @Test
  void refusesToRunWithoutTheBrokersProcess() {
    var environment = new HashMap<>(ENVIRONMENT);
    environment.remove("RABBITMQ_PID");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse(environment))
        .withMessageContaining("RABBITMQ_PID");
  }

  private static ScalingOptions parse(Map<String, String> environment, String... more) {
    var arguments = new String[4 + more.length];
    System.arraycopy(
        new String[] {"--operator", "o.jar", "--api-server", "a.jar"}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return ScalingOptions.parse(arguments, environment);
  }
}
