package dev.warren.benchmarks.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WorkerOptionsTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("RABBITMQ_URL", "amqp://bob:secret@127.0.0.1:20001");
  private static final String[] LEAST = {"--worker", "worker.jar", "--handler", "handler.jar"};

  @Test
  void hasDefaultsForAllButTheBrokerAndTheWorker() {
    var options = WorkerOptions.parse(LEAST, ENVIRONMENT);

    assertThat(options.broker().uri()).hasToString("amqp://bob:secret@127.0.0.1:20001/%2F");
    assertThat(options.quick()).isFalse();
    assertThat(options.rows()).isEmpty();
    assertThat(options.contestants()).isEmpty();
    assertThat(options.rounds()).isEqualTo(5);
    assertThat(options.images().workerJvm()).isEmpty();
    assertThat(options.images().python()).isEmpty();
    assertThat(options.results()).isEqualTo(Path.of("benchmarks/target/results"));
  }

  @Test
  void readsNamesAndFurtherOptionsOfTheJvm() {
    var options =
        parse(
            "--rows", "noop,tail",
            "--contestants", "bare,spring-tuned",
            "--size", "quick",
            "--worker-jvm", "-XX:+UseParallelGC -Dx=y");

    assertThat(options.rows()).containsExactly("noop", "tail");
    assertThat(options.contestants()).containsExactly(Contestant.BARE, Contestant.SPRING_TUNED);
    assertThat(options.quick()).isTrue();
    assertThat(options.quick()).isTrue();
    assertThat(options.rounds()).isEqualTo(3);
    assertThat(options.images().workerJvm()).containsExactly("-XX:+UseParallelGC", "-Dx=y");
  }

  @Test
  void refusesToRunWithoutABroker() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WorkerOptions.parse(LEAST, Map.of()))
        .withMessageContaining("RABBITMQ_URL");
  }

  @Test
  void refusesAnUnknownContestant() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> parse("--contestants", "bear"))
        .withMessage(
            "there is no contestant 'bear'; use bare, single, warren, spring, spring-tuned,"
                + " aio-pika, celery");
  }

  private static WorkerOptions parse(String... further) {
    var arguments = Stream.concat(Stream.of(LEAST), Stream.of(further)).toArray(String[]::new);
    return WorkerOptions.parse(arguments, ENVIRONMENT);
  }
}
