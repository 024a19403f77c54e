package dev.warren.examples.ml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainHandlerTest {
  @TempDir private Path directory;

  private final TrainHandler handler = new TrainHandler();

  @Test
  void trainsAModelAndKeepsACheckpointOfEachStep() throws Exception {
    var outcome = handler.handle(training(60, 0), attempt(1));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(Account.of(directory)).isEqualTo(account(60, 0));
    var last = Checkpoints.read(checkpoints()).getLast().line();
    assertThat(last.slope()).isCloseTo(2, within(0.01));
    assertThat(last.intercept()).isCloseTo(-1, within(0.01));
  }

  @Test
  void goesOnAfterACrashWhereItStopped() throws Exception {
    assertThatIOException()
        .isThrownBy(() -> handler.handle(training(10, 4), attempt(1)))
        .withMessage("the GPU is gone after step 4 of model 'm'");
    assertThat(directory.resolve("models")).doesNotExist();

    var outcome = handler.handle(training(10, 4), attempt(2));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(Account.of(directory)).isEqualTo(account(10, 1));
  }

  @Test
  void doesAgainAStepWhoseCheckpointAKilledPodLeftIncomplete() throws Exception {
    handler.handle(training(3, 0), attempt(1));
    Files.writeString(checkpoints(), "4 1 0.1", StandardOpenOption.APPEND);

    handler.handle(training(10, 0), attempt(1));

    assertThat(Account.of(directory)).isEqualTo(account(10, 0));
  }

  @Test
  void doesNoStepTwiceWhenADoneTaskComesAgain() throws Exception {
    handler.handle(training(10, 0), attempt(1));
    var outcome = handler.handle(training(10, 0), attempt(1));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(Account.of(directory)).isEqualTo(account(10, 0));
  }

  @Test
  void waitsWhileAnotherAttemptHasTheCheckpoints() throws Exception {
    Files.createDirectories(checkpoints().getParent());
    var other = Checkpoints.open(checkpoints()).orElseThrow();

    assertThat(handler.handle(training(10, 0), attempt(1))).isInstanceOf(Outcome.Snooze.class);
    other.close();
    assertThat(handler.handle(training(10, 0), attempt(1))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void pausesBeforeItsDeadlineAndBurnsNoAttempt() throws Exception {
    var outcome = handler.handle(training(10, 0), new Attempt(1, Instant.EPOCH));

    assertThat(outcome).isInstanceOf(Outcome.Snooze.class);
    assertThat(directory.resolve("models")).doesNotExist();
  }

  @Test
  void failsForGoodWhenThereIsNothingToTrain() throws Exception {
    assertThat(handler.handle(training(0, 0), attempt(1)))
        .isInstanceOfSatisfying(
            Outcome.Fail.class,
            fail ->
                assertThat(fail.reason()).isEqualTo("model 'm' has 0 steps; ask for 1 or more"));
  }

  @Test
  void theAccountNamesAModelOfWhichAStepWasDoneTwice() throws IOException {
    Files.createDirectories(checkpoints().getParent());
    Files.writeString(checkpoints(), "1 1 0 0\n2 1 0 0\n2 2 0 0\n");

    assertThat(Account.of(directory).wrong()).containsExactly("m");
  }

  private Path checkpoints() {
    return directory.resolve("checkpoints").resolve("m");
  }

  private static Account account(int steps, int resumed) {
    return new Account(1, 0, steps, resumed, List.of(), 0);
  }

  private Task<TrainHandler.Training> training(int steps, int crashAt) {
    var body = new TrainHandler.Training(directory.toString(), "m", 2, -1, steps, 0, crashAt);
    return new Task<>(Optional.of("id"), "ml.train", "ml.train", 0, Map.of(), body);
  }

  private static TaskContext attempt(int number) {
    return new Attempt(number, Instant.MAX);
  }

  private record Attempt(int attempt, Instant deadline) implements TaskContext {
    @Override
    public Instant firstSeen() {
      return Instant.EPOCH;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }
  }
}
