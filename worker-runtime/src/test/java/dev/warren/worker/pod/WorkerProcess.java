package dev.warren.worker.pod;

import dev.warren.model.BrokerBinding;
import dev.warren.model.WorkerConfiguration;
import dev.warren.model.WorkerPod;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/// A worker's pod as a process, with its volumes as directories below one of the test's. The
/// handler's classes are not on its class path, but on its handler path.
final class WorkerProcess implements AutoCloseable {
  static final Path TEST_CLASSES = Path.of("target", "test-classes").toAbsolutePath();

  private final Path directory;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;
  private final Process process;

  private WorkerProcess(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  /// Starts it.
  static WorkerProcess start(
      Path directory, WorkerConfiguration configuration, BrokerBinding binding) throws IOException {
    return start(directory, configuration, binding, Map.of());
  }

  /// Starts it with further variables.
  static WorkerProcess start(
      Path directory,
      WorkerConfiguration configuration,
      BrokerBinding binding,
      Map<String, String> variables)
      throws IOException {
    var port = freePort();
    writeConfiguration(directory, configuration);
    writeBinding(directory, binding);
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            runtimeClassPath(),
            WorkerMain.class.getName());
    var environment = builder.environment();
    environment.put(WorkerPod.CONFIGURATION_FILE, file(directory, "worker.properties").toString());
    environment.put(WorkerPod.BINDING_DIRECTORY, file(directory, "binding").toString());
    environment.put(WorkerPod.HTTP_PORT, Integer.toString(port));
    environment.put(WorkerPod.POD_NAME, "resizer-0");
    environment.put(WorkerPod.TERMINATION_LOG, file(directory, "termination-log").toString());
    environment.put(WorkerPod.HANDLER_PATH, TEST_CLASSES.toString());
    environment.putAll(variables);
    builder.redirectErrorStream(true).redirectOutput(file(directory, "log").toFile());
    return new WorkerProcess(directory, port, builder.start());
  }

  /// Mounts another configuration.
  void configure(WorkerConfiguration configuration) throws IOException {
    writeConfiguration(directory, configuration);
  }

  /// SIGTERM, then the exit status.
  int terminate() throws InterruptedException {
    process.destroy();
    return process.waitFor();
  }

  /// The exit status of a process that ends by itself.
  int awaitExit() throws InterruptedException {
    return process.waitFor();
  }

  /// Waits for its end, at most so long.
  void awaitExit(Duration longest) throws InterruptedException {
    process.waitFor(longest);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Status of a GET; 0 while nothing is served.
  int status(String path) throws InterruptedException {
    try {
      return get(path, "*/*").statusCode();
    } catch (IOException _) {
      return 0;
    }
  }

  /// Body of a GET.
  String body(String path) throws IOException, InterruptedException {
    return get(path, "*/*").body();
  }

  /// Body of a GET in a format.
  String body(String path, String accepted) throws IOException, InterruptedException {
    return get(path, accepted).body();
  }

  /// What the process has written.
  List<String> log() throws IOException {
    return Files.readAllLines(file(directory, "log"));
  }

  /// What Kubernetes would show of its end.
  String terminationLog() throws IOException {
    return Files.readString(file(directory, "termination-log"));
  }

  /// SIGKILL.
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  private HttpResponse<String> get(String path, String accepted)
      throws IOException, InterruptedException {
    var uri = URI.create("http://127.0.0.1:" + port + path);
    return http.send(
        HttpRequest.newBuilder(uri).header("Accept", accepted).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String runtimeClassPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !Path.of(entry).toAbsolutePath().equals(TEST_CLASSES))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static void writeConfiguration(Path directory, WorkerConfiguration configuration)
      throws IOException {
    var properties = new Properties();
    properties.putAll(configuration.toSettings());
    try (var writer = Files.newBufferedWriter(file(directory, "worker.properties"))) {
      properties.store(writer, null);
    }
  }

  private static void writeBinding(Path directory, BrokerBinding binding) throws IOException {
    var bindingDirectory = Files.createDirectories(file(directory, "binding"));
    for (var entry : binding.entries().entrySet()) {
      Files.writeString(bindingDirectory.resolve(entry.getKey()), entry.getValue());
    }
  }

  private static Path file(Path directory, String name) {
    return directory.resolve(name);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
