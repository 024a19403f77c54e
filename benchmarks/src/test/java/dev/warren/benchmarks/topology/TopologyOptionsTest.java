package dev.warren.benchmarks.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.warren.model.QueueType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyOptionsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "RABBITMQ_URL", "amqp://bob:secret@127.0.0.1:20001",
          "RABBITMQ_MANAGEMENT_URL", "http://bob:secret@127.0.0.1:20002");
  private static final String[] CLASS_PATHS = {"--operator", "o.jar", "--api-server", "a.jar"};

  @Test
  void hasDefaultsForTheLoad() {
    var options = TopologyOptions.parse(CLASS_PATHS, ENVIRONMENT);

    assertThat(options.queues()).isEqualTo(1_000);
    assertThat(options.namespaces()).isEqualTo(2);
    assertThat(options.type()).isEqualTo(QueueType.CLASSIC);
    assertThat(options.changes()).isEqualTo(50);
    assertThat(options.rest()).isEqualTo(Duration.ofMinutes(1));
    assertThat(options.platform().kubeconfig()).isEmpty();
  }

  @Test
  void takesAGivenApiServer() {
    var environment = new HashMap<>(ENVIRONMENT);
    environment.put("WARREN_TEST_KUBECONFIG", "/some/kubeconfig");

    assertThat(TopologyOptions.parse(CLASS_PATHS, environment).platform().kubeconfig())
        .contains(Path.of("/some/kubeconfig"));
  }

  @Test
  void refusesToRunWithoutTheManagementApi() {
    var environment = Map.of("RABBITMQ_URL", "amqp://bob:secret@127.0.0.1:20001");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopologyOptions.parse(CLASS_PATHS, environment))
        .withMessageContaining("RABBITMQ_MANAGEMENT_URL");
  }

  @Test
  void refusesATypeThatThereIsNot() {
    var arguments = new String[] {"--operator", "o", "--api-server", "a", "--type", "Stream"};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> TopologyOptions.parse(arguments, ENVIRONMENT))
        .withMessage("--type is 'Stream'; use Classic or Quorum");
  }
}
