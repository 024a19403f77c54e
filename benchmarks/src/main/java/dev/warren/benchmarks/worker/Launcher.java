package dev.warren.benchmarks.worker;

import dev.warren.benchmarks.harness.ChildJvm;
import dev.warren.benchmarks.worker.contestant.Assignment;
import dev.warren.benchmarks.worker.contestant.BareClient;
import dev.warren.benchmarks.worker.contestant.BenchmarkHandler;
import dev.warren.benchmarks.worker.contestant.SpringWorker;
import dev.warren.model.BrokerBinding;
import dev.warren.model.DurationText;
import dev.warren.model.WorkerPod;
import dev.warren.worker.pod.WorkerMain;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/// How each contestant is started: all JVMs with the same collector and heap.
///
/// @param broker what they connect to
/// @param images what they are made of
record Launcher(BrokerBinding broker, WorkerOptions.Images images) {
  /// Those of the local platform's pods.
  static final List<String> JVM = List.of("-XX:+UseSerialGC", "-Xmx256m", "-Xlog:disable");

  /// Where the logging configuration of the benchmark and of the peers is on the class path; the
  /// worker has its own.
  static final String LOGGING = "worker-logback.xml";

  /// The same with one more option for Warren's JVM.
  Launcher withWorkerJvm(String option) {
    return new Launcher(broker, images.withWorkerJvm(option));
  }

  /// Whether it can be started on this machine.
  boolean has(Contestant contestant) {
    return !contestant.isPython() || images.python().isPresent();
  }

  /// Starts one.
  ///
  /// @param directory takes its configuration and its log
  ContestantProcess start(
      Contestant contestant, Assignment assignment, TaskFeed feed, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    var builder = new ProcessBuilder(command(contestant)).directory(directory.toFile());
    builder.environment().putAll(assignment.environment());
    if (contestant.isPython()) {
      builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    }
    if (contestant == Contestant.WARREN) {
      builder.environment().putAll(pod(assignment, feed, directory));
    }
    return ContestantProcess.start(contestant, builder, directory.resolve("log"));
  }

  private List<String> command(Contestant contestant) {
    return switch (contestant) {
      case BARE -> java(BareClient.class, "batched");
      case SINGLE -> java(BareClient.class, "single");
      case WARREN -> worker();
      case SPRING -> java(SpringWorker.class, "default");
      case SPRING_TUNED -> java(SpringWorker.class, "tuned");
      case AIO_PIKA -> python("aio_pika_worker.py");
      case CELERY -> python("celery_worker.py");
    };
  }

  private static List<String> java(Class<?> main, String argument) {
    var command = jvm();
    command.add("-Dlogback.configurationFile=" + LOGGING);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName(), argument));
    return command;
  }

  /// As its image starts it.
  private List<String> worker() {
    var command = jvm();
    command.addAll(images.workerJvm());
    command.addAll(List.of("-cp", images.worker(), WorkerMain.class.getName()));
    return command;
  }

  private List<String> python(String script) {
    return List.of(images.python().orElseThrow(), images.scripts().resolve(script).toString());
  }

  private static List<String> jvm() {
    var command = new ArrayList<String>();
    command.add(ChildJvm.tool("java").toString());
    command.addAll(JVM);
    return command;
  }

  /// What an operator would give to the pod.
  private Map<String, String> pod(Assignment assignment, TaskFeed feed, Path directory)
      throws IOException {
    var configuration = directory.resolve("worker.properties");
    try (var writer = Files.newBufferedWriter(configuration)) {
      settings(assignment, feed).store(writer, null);
    }
    var binding = Files.createDirectories(directory.resolve("binding"));
    for (var entry : broker.entries().entrySet()) {
      Files.writeString(binding.resolve(entry.getKey()), entry.getValue());
    }
    var environment = new HashMap<String, String>();
    environment.put(WorkerPod.CONFIGURATION_FILE, configuration.toString());
    environment.put(WorkerPod.BINDING_DIRECTORY, binding.toString());
    environment.put(WorkerPod.HTTP_PORT, "0");
    environment.put(WorkerPod.POD_NAME, "benchmark-0");
    environment.put(WorkerPod.HANDLER_PATH, images.handler().toString());
    return environment;
  }

  private static Properties settings(Assignment assignment, TaskFeed feed) {
    var delay = DurationText.format(TaskFeed.RETRY.initialDelay());
    var properties = new Properties();
    properties.putAll(
        Map.of(
            "namespace",
            "benchmark",
            "worker",
            "benchmark",
            "queue",
            feed.name(),
            "concurrency",
            Integer.toString(assignment.concurrency()),
            "prefetch",
            Integer.toString(assignment.prefetch()),
            "handler.java.class-name",
            BenchmarkHandler.class.getName(),
            "retry.initial-delay",
            delay,
            "retry.max-delay",
            delay,
            "retry.jitter",
            "0"));
    return properties;
  }
}
