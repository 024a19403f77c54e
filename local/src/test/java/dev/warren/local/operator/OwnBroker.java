package dev.warren.local.operator;

import dev.warren.model.testing.TestBroker;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// A RabbitMQ node that a test has for itself, so that it may be killed. It keeps its addresses and
/// its data. For one thread.
final class OwnBroker implements AutoCloseable {
  /// Maven runs tests in the directory of their module.
  private static final String SCRIPT = "../scripts/rabbitmq";

  private final Path directory;
  private final String release;

  /// What the script says of the node that runs.
  private Map<String, String> settings = Map.of();

  private OwnBroker(Path directory, String release) {
    this.directory = directory;
    this.release = release;
  }

  /// Starts one of the release of the broker under test, and waits until it answers.
  ///
  /// @param directory its own
  static OwnBroker start(Path directory) throws IOException, InterruptedException {
    try (var given = TestBroker.withNewVhost()) {
      var version = new ManagementUi(given, given.vhost()).version();
      var broker = new OwnBroker(directory, version.startsWith("4.") ? "4" : "distribution");
      broker.start();
      return broker;
    }
  }

  /// A new vhost on it.
  TestBroker withNewVhost() {
    return TestBroker.withNewVhost(
        URI.create(setting("RABBITMQ_URL")), URI.create(setting("RABBITMQ_MANAGEMENT_URL")));
  }

  /// Ends it as a crash would.
  void kill() throws IOException, InterruptedException {
    ProcessHandle.of(Long.parseLong(setting("RABBITMQ_PID")))
        .ifPresent(node -> node.destroyForcibly());
    stop();
  }

  /// Ends it in an orderly way.
  void stop() throws IOException, InterruptedException {
    run("stop", "--dir", directory.toString());
  }

  /// Starts it, and waits until it answers.
  void start() throws IOException, InterruptedException {
    settings =
        run("start", "--release", release, "--dir", directory.toString())
            .lines()
            .map(line -> line.split("=", 2))
            .collect(Collectors.toMap(line -> line[0], line -> line[1]));
  }

  @Override
  public void close() throws IOException {
    try {
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String setting(String name) {
    return Objects.requireNonNull(settings.get(name), name);
  }

  private static String run(String... arguments) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(SCRIPT));
    command.addAll(List.of(arguments));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("%s failed with status %d".formatted(command, process.exitValue()));
    }
    return output;
  }
}
