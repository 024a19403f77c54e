package dev.warren.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.HandlerConfiguration;
import dev.warren.model.QueueType;
import dev.warren.model.TaskHeaders;
import dev.warren.model.WorkerConfiguration;
import dev.warren.model.testing.TestBroker;
import dev.warren.worker.testing.TestTopology;
import dev.warren.worker.testing.WorkerConfigurations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A task that kills its worker among two hundred that don't, or as many as `-Dwarren.poison.tasks`
/// says.
class PoisonTaskE2E {
  private static final int TASKS = Integer.getInteger("warren.poison.tasks", 201);
  private static final HandlerConfiguration HANDLER =
      new HandlerConfiguration.Java(LethalHandler.class.getName());

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(QueueType.class)
  void ruinsNoNeighbourAndEndsAsADeadLetterWithAReason(QueueType type) throws Exception {
    var configuration =
        WorkerConfigurations.of(HANDLER, 4, Duration.ofSeconds(30), Duration.ofSeconds(30));
    int deaths = 0;
    try (var broker = TestBroker.withNewVhost();
        var topology = TestTopology.declare(broker, type, WorkerConfigurations.PLAN)) {
      topology.publishMany(TASKS);

      while (!runToTheEndOrDie(configuration, topology)) {
        deaths++;
        assertThat(deaths).isLessThan(10);
      }

      assertThat(deaths).isEqualTo(3);
      assertThat(topology.ready()).isZero();
      var letter = topology.takeDeadLetters().getFirst().getProps();
      assertThat(letter.getMessageId()).isEqualTo(LethalHandler.POISON);
      assertThat(String.valueOf(letter.getHeaders().get(TaskHeaders.ERROR_CLASS)))
          .isEqualTo("PoisonTask");
      assertThat(String.valueOf(letter.getHeaders().get(TaskHeaders.ERROR_MESSAGE)))
          .startsWith("it was in flight when 3 workers died");
    }
  }

  /// Runs a pod until there is a dead letter and nothing else left; whether it lived to see that.
  private boolean runToTheEndOrDie(WorkerConfiguration configuration, TestTopology topology)
      throws Exception {
    var volumes = Files.createTempDirectory(directory, "pod");
    try (var pod = WorkerProcess.start(volumes, configuration, topology.binding())) {
      while (pod.isAlive()) {
        if (topology.deadLetters() == 1 && topology.ready() == 0) {
          return pod.terminate() == 0;
        }
        pod.awaitExit(Duration.ofMillis(100));
      }
      return false;
    }
  }
}
