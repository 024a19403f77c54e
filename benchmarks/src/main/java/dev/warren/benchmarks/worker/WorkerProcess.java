package dev.warren.benchmarks.worker;

import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.model.BrokerBinding;
import dev.warren.model.WorkerPod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A contender as a process, the same kind of JVM for each. For one thread.
final class WorkerProcess implements AutoCloseable {
  /// Deliveries outstanding at once; Warren's default for the concurrency below.
  static final int PREFETCH = 250;

  /// Where a worker's logging configuration is on the class path.
  static final String LOGGING = "dev/warren/worker/pod/logback.xml";

  private static final int CONCURRENCY = 200;
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final List<String> JVM =
      List.of(
          Path.of(System.getProperty("java.home"), "bin", "java").toString(),
          "-XX:+UseSerialGC",
          "-Xmx256m",
          "-Dlogback.configurationFile=" + LOGGING,
          "-cp",
          System.getProperty("java.class.path"));

  private final Process process;
  private final Path log;

  private WorkerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts one that consumes the queue.
  ///
  /// @param directory takes its configuration and its log
  static WorkerProcess start(
      Contender contender, BenchmarkQueue queue, BrokerBinding broker, Path directory)
      throws IOException {
    Files.createDirectories(directory);
    var arguments =
        List.of(contender.mainClass().getName(), queue.name(), Integer.toString(PREFETCH));
    var builder =
        new ProcessBuilder(Stream.concat(JVM.stream(), arguments.stream()).toList())
            .redirectErrorStream(true);
    builder.environment().put("RABBITMQ_URL", broker.uri().toString());
    builder.environment().putAll(pod(queue, broker, directory));
    var log = directory.resolve("log");
    return new WorkerProcess(builder.redirectOutput(log.toFile()).start(), log);
  }

  /// Fails if it has ended by itself.
  void requireRunning() {
    if (!process.isAlive()) {
      throw new BenchmarkException(
          "the worker ended with status %d; see %s".formatted(process.exitValue(), log));
    }
  }

  /// Has it settle what it holds and end.
  void stop() throws InterruptedException {
    requireRunning();
    process.destroy();
    if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new BenchmarkException(
          "the worker did not stop within %s; see %s".formatted(STOP_TIMEOUT, log));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /// What an operator would give to the pod; the bare worker does not look at it.
  private static Map<String, String> pod(BenchmarkQueue queue, BrokerBinding broker, Path directory)
      throws IOException {
    var configuration = directory.resolve("worker.properties");
    write(
        configuration,
        Map.of(
            "namespace", "benchmark",
            "worker", "no-op",
            "queue", queue.name(),
            "queue.type", queue.type().argument(),
            "concurrency", Integer.toString(CONCURRENCY),
            "prefetch", Integer.toString(PREFETCH),
            "handler.java.class-name", NoOpHandler.class.getName()));
    var binding = Files.createDirectories(directory.resolve("binding"));
    for (var entry : broker.entries().entrySet()) {
      Files.writeString(binding.resolve(entry.getKey()), entry.getValue());
    }
    return Map.of(
        WorkerPod.CONFIGURATION_FILE,
        configuration.toString(),
        WorkerPod.BINDING_DIRECTORY,
        binding.toString(),
        WorkerPod.HTTP_PORT,
        "0",
        WorkerPod.POD_NAME,
        "no-op-0");
  }

  private static void write(Path file, Map<String, String> settings) throws IOException {
    var properties = new Properties();
    properties.putAll(settings);
    try (var writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    }
  }
}
