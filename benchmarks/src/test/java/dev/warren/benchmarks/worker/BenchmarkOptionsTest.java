package dev.warren.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchmarkOptionsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("RABBITMQ_URL", "amqp://bob:secret@127.0.0.1:20001");

  @Test
  void hasDefaultsForAllButTheBroker() {
    var options = BenchmarkOptions.parse(new String[0], ENVIRONMENT);

    assertThat(options.broker().uri()).hasToString("amqp://bob:secret@127.0.0.1:20001/%2F");
    assertThat(options.messages()).isEqualTo(100_000);
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.results()).isEqualTo(Path.of("benchmarks/target/results"));
    assertThat(options.work()).isEqualTo(Path.of("benchmarks/target/work"));
  }

  @Test
  void refusesToRunWithoutABroker() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BenchmarkOptions.parse(new String[0], Map.of()))
        .withMessageContaining("RABBITMQ_URL");
  }

  @Test
  void refusesAnOptionThatItDoesNotKnow() {
    var arguments = new String[] {"--speed", "11"};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> BenchmarkOptions.parse(arguments, ENVIRONMENT))
        .withMessage("'--speed' is not understood");
  }
}
