package dev.warren.examples.ml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictHandlerTest {
  @TempDir private Path directory;

  private final PredictHandler handler = new PredictHandler();

  @Test
  void answersOnceHoweverOftenTheTaskComes() throws Exception {
    handler.handle(question(Optional.of("a")), new Attempt(1, Instant.EPOCH, Instant.MAX, false));
    var outcome =
        handler.handle(
            question(Optional.of("a")), new Attempt(1, Instant.EPOCH, Instant.MAX, false));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(directory.resolve("predictions").resolve("a")).hasContent("7.0");
    assertThat(Account.of(directory).predictions()).isEqualTo(1);
  }

  @Test
  void failsWhatHasNoId() throws Exception {
    var outcome =
        handler.handle(
            question(Optional.empty()), new Attempt(1, Instant.EPOCH, Instant.MAX, false));

    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
  }

  private Task<PredictHandler.Question> question(Optional<String> id) {
    var body = new PredictHandler.Question(directory.toString(), 3, 0);
    return new Task<>(id, "ml.predict", "ml.predict", 0, Map.of(), body);
  }

  private record Attempt(int attempt, Instant firstSeen, Instant deadline, boolean isCancelled)
      implements TaskContext {}
}
