package dev.warren.benchmarks.platform;

import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.harness.ChildJvm;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// An operator, as its image runs it. For one thread.
public final class OperatorProcess implements AutoCloseable {
  /// What fits in the 512 MiB that the chart grants the container.
  public static final List<String> JVM =
      List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx320m");

  /// The metric that counts its calls of the broker.
  public static final String BROKER_REQUESTS = "warren_broker_requests_total";

  private static final Duration INTERVAL = Duration.ofMillis(100);
  private static final String MAIN = "dev.warren.operator.OperatorMain";
  private static final String SDK = "operator_sdk_reconciliations_";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final ChildJvm process;
  private final URI url;
  private final HttpClient http = HttpClient.newHttpClient();

  /// How far it is with TaskQueues.
  ///
  /// @param started reconciliations so far
  /// @param succeeded likewise
  /// @param pending that run or wait
  public record Activity(long started, long succeeded, long pending) {}

  private OperatorProcess(ChildJvm process, URI url) {
    this.process = process;
    this.url = url;
  }

  /// Starts one; it will lead.
  ///
  /// @param namespace takes its lease
  public static OperatorProcess start(String classPath, Path kubeconfig, String namespace, Path log)
      throws IOException {
    var port = freePort();
    var command = new ArrayList<>(JVM);
    command.addAll(List.of("-cp", classPath, MAIN));
    var environment =
        Map.of(
            "KUBECONFIG",
            kubeconfig.toString(),
            "WARREN_HTTP_HOST",
            "127.0.0.1",
            "WARREN_HTTP_PORT",
            Integer.toString(port),
            "WARREN_LEASE_NAMESPACE",
            namespace,
            "WARREN_POD_NAME",
            "benchmark");
    return new OperatorProcess(
        ChildJvm.start(command, environment, log), URI.create("http://127.0.0.1:" + port));
  }

  public Instant started() {
    return process.started();
  }

  public long pid() {
    return process.pid();
  }

  /// Fails if it has ended by itself.
  public void requireRunning() {
    process.requireRunning();
  }

  public boolean isReady() throws InterruptedException {
    return get("/readyz").isPresent();
  }

  /// Waits until it leads and has looked at the broker.
  ///
  /// @throws BenchmarkException if it does not in time
  public void awaitLeading(Duration timeout) throws InterruptedException {
    var deadline = System.nanoTime() + timeout.toNanos();
    while (activity().succeeded() == 0 || metrics(BROKER_REQUESTS).samples().isEmpty()) {
      requireRunning();
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException(
            "after %s the operator has not reconciled, or does not count '%s'"
                .formatted(timeout, BROKER_REQUESTS));
      }
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
    }
  }

  public Activity activity() throws InterruptedException {
    var text = get("/metrics").orElse("");
    return new Activity(
        ofTaskQueues(text, "started_total"),
        ofTaskQueues(text, "success_total"),
        ofTaskQueues(text, "executions_taskqueue") + ofTaskQueues(text, "queue_size_taskqueue"));
  }

  /// The samples of a metric; none if it has none.
  ///
  /// @throws BenchmarkException if it does not answer
  public Metrics metrics(String name) throws InterruptedException {
    try {
      return Metrics.parse(fetch("/metrics"), name);
    } catch (IOException e) {
      process.requireRunning();
      throw new BenchmarkException("the operator does not answer at %s: %s".formatted(url, e));
    }
  }

  /// Ends it as a kubelet would.
  public void stop() throws InterruptedException {
    process.requireRunning();
    process.stop(STOP_TIMEOUT);
  }

  @Override
  public void close() {
    process.close();
    http.close();
  }

  private static long ofTaskQueues(String text, String name) {
    return Metrics.parse(text, SDK + name).sum(sample -> sample.label("kind").equals("TaskQueue"));
  }

  /// The answer to a request; empty if there is none, or no good one.
  private Optional<String> get(String path) throws InterruptedException {
    try {
      return Optional.of(fetch(path));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /// The same, tried twice: a connection that has lain idle may just have been closed by the other
  /// side.
  private String fetch(String path) throws IOException, InterruptedException {
    try {
      return attempt(path);
    } catch (IOException _) {
      return attempt(path);
    }
  }

  private String attempt(String path) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(url.resolve(path)).timeout(TIMEOUT).build();
    var answer = http.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
      throw new IOException("status %d: %s".formatted(answer.statusCode(), answer.body()));
    }
    return answer.body();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
