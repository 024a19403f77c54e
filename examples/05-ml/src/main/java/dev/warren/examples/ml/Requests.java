package dev.warren.examples.ml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.client.NewTask;
import dev.warren.client.PublisherSettings;
import dev.warren.client.TaskPublisher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/// The producer: one task of twenty is a training of a second, the others are predictions. One
/// training of ten crashes half-way, one of a hundred cannot succeed.
final class Requests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int TASKS_PER_TRAINING = 20;
  private static final int TRAININGS_PER_CRASH = 10;
  private static final int TRAININGS_PER_WRONG = 100;
  private static final int STEPS = 20;
  private static final long STEP_MILLIS = 50;
  private static final long PREDICTION_MILLIS = 5;
  private static final int PROGRESS_LINES = 10;

  private Requests() {}

  /// `--bindings DIRECTORY --work DIRECTORY --tasks N`, in any order.
  static void main(String[] arguments) throws JsonProcessingException {
    var bindings = Path.of(argument(arguments, "--bindings")).resolve("ml");
    var work = Path.of(argument(arguments, "--work")).toAbsolutePath().toString();
    var tasks = Integer.parseInt(argument(arguments, "--tasks"));
    try (var train = TaskPublisher.open(PublisherSettings.of(bindings.resolve("train")));
        var predict = TaskPublisher.open(PublisherSettings.of(bindings.resolve("predict")))) {
      publish(train, predict, work, tasks);
    }
    var trainings = (tasks + TASKS_PER_TRAINING - 1) / TASKS_PER_TRAINING;
    var crashes =
        IntStream.range(0, trainings)
            .filter(number -> training(work, number).crashAt() > 0)
            .count();
    System.out.printf("trainings=%d crashes=%d tasks=%d%n", trainings, crashes, tasks);
  }

  private static void publish(TaskPublisher train, TaskPublisher predict, String work, int tasks)
      throws JsonProcessingException {
    var confirmed = new ArrayList<CompletableFuture<String>>();
    var step = Math.max(1, tasks / PROGRESS_LINES);
    for (int number = 0; number < tasks; number++) {
      if (number % step == 0) {
        System.out.printf("published %d of %d%n", number, tasks);
      }
      confirmed.add(
          number % TASKS_PER_TRAINING == 0
              ? train.publishAsync(task(training(work, number / TASKS_PER_TRAINING)))
              : predict.publishAsync(task(question(work, number))));
    }
    confirmed.forEach(CompletableFuture::join);
    System.out.printf("published %d of %d%n", tasks, tasks);
  }

  /// The training of this number, counted from 0.
  static TrainHandler.Training training(String directory, int number) {
    var crashes = number % TRAININGS_PER_CRASH == TRAININGS_PER_CRASH / 2;
    var wrong = number % TRAININGS_PER_WRONG == TRAININGS_PER_WRONG - 1;
    return new TrainHandler.Training(
        directory,
        "model-%05d".formatted(number),
        number % 7 - 3,
        number % 5,
        wrong ? 0 : STEPS,
        STEP_MILLIS,
        crashes ? STEPS / 2 : 0);
  }

  private static PredictHandler.Question question(String directory, int number) {
    return new PredictHandler.Question(directory, number / 1000.0, PREDICTION_MILLIS);
  }

  private static NewTask task(Object body) throws JsonProcessingException {
    return NewTask.of(JSON.writeValueAsBytes(body));
  }

  private static String argument(String[] arguments, String name) {
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      if (arguments[i].equals(name)) {
        return arguments[i + 1];
      }
    }
    throw new IllegalArgumentException(
        "%s is missing; usage: Requests --bindings DIRECTORY --work DIRECTORY --tasks N"
            .formatted(name));
  }
}
