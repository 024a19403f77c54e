package dev.warren.local.operator;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// An operator, as its image runs it and its Deployment keeps it: one that ends by itself, as after
/// a stall of the machine in which its lease ran out, is started again.
final class OperatorProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// Where its build is; Maven runs tests in the directory of their module.
  private static final Path BUILD = Path.of("../operator/target");

  private static final Path TRAINING_LOG = Path.of("target", "operator-training.log");

  private final ProcessBuilder builder;
  private final int port;
  private final Path log;
  private final HttpClient http = HttpClient.newHttpClient();

  /// Guarded by this, as is the next.
  private Process process;

  private boolean ended;

  private OperatorProcess(ProcessBuilder builder, int port, Path log) throws IOException {
    this.builder = builder;
    this.port = port;
    this.log = log;
    process = builder.start();
    Thread.ofVirtual().start(this::keep);
  }

  private void keep() {
    var running = true;
    while (running) {
      process().onExit().join();
      running = restart();
    }
  }

  private synchronized Process process() {
    return process;
  }

  /// @return whether it was to run still
  private synchronized boolean restart() {
    if (!ended) {
      try {
        process = builder.start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return !ended;
  }

  /// Starts one and waits until it is ready.
  ///
  /// @param settings further variables of its environment
  static OperatorProcess start(
      Path kubeconfig, String leaseNamespace, Path log, Map<String, String> settings)
      throws IOException {
    var operator = launch(kubeconfig, leaseNamespace, log, settings);
    await().atMost(PATIENCE).until(operator::ready);
    return operator;
  }

  /// Starts one that may be killed before it is ready.
  static OperatorProcess launch(
      Path kubeconfig, String leaseNamespace, Path log, Map<String, String> settings)
      throws IOException {
    var jar = jar();
    var option =
        OperatorCache.option(
            jar,
            making ->
                train(launch(kubeconfig, leaseNamespace, TRAINING_LOG, settings, jar, making)));
    return launch(kubeconfig, leaseNamespace, log, settings, jar, option);
  }

  private static OperatorProcess launch(
      Path kubeconfig,
      String leaseNamespace,
      Path log,
      Map<String, String> settings,
      Path jar,
      String option)
      throws IOException {
    var port = freePort();
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            // The better compiler would cost more than it gives to one that lives so shortly.
            "-XX:TieredStopAtLevel=1",
            option,
            "-cp",
            jar + File.pathSeparator + BUILD.resolve("lib/*"),
            "dev.warren.operator.OperatorMain");
    var environment = builder.environment();
    environment.put("KUBECONFIG", kubeconfig.toString());
    environment.put("WARREN_HTTP_HOST", "127.0.0.1");
    environment.put("WARREN_HTTP_PORT", Integer.toString(port));
    environment.put("WARREN_LEASE_NAMESPACE", leaseNamespace);
    environment.put("WARREN_POD_NAME", "operator-under-test");
    environment.put("WARREN_POLL_INTERVAL", "500ms");
    environment.putAll(settings);
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new OperatorProcess(builder, port, log);
  }

  private static void train(OperatorProcess trainee) {
    await().atMost(PATIENCE).until(trainee::ready);
    var process = trainee.end();
    process.destroy();
    process.onExit().join();
  }

  /// Not the classes in their directory, of which the JVM makes no cache.
  private static Path jar() throws IOException {
    try (var jars = Files.newDirectoryStream(BUILD, "warren-operator-*.jar")) {
      return jars.iterator().next();
    }
  }

  boolean ready() {
    try {
      return get("/readyz").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  HttpResponse<String> get(String path) throws IOException {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port, path))).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Ends it as a crash would, for good.
  void kill() {
    end().destroyForcibly().onExit().join();
  }

  /// Ends it as a kubelet would.
  ///
  /// @return its exit status
  int stop() throws InterruptedException {
    var process = end();
    process.destroy();
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the operator does not stop on SIGTERM: " + log());
    }
    return process.exitValue();
  }

  /// The process, which is not started again from now on.
  private synchronized Process end() {
    ended = true;
    return process;
  }

  @Override
  public void close() {
    kill();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
