package dev.warren.worker.pod;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Serves `/livez`, `/readyz` and `/metrics`. On two platform threads: handlers that compute
/// without a pause keep every carrier of virtual threads busy, and a probe that waits for them
/// would have the pod killed for working.
final class PodServer {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private static final String OPEN_METRICS_TYPE = "application/openmetrics-text";
  private static final String OPEN_METRICS = OPEN_METRICS_TYPE + "; version=1.0.0; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads =
      Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().name("http-", 0).factory());

  /// Binds the address; nothing is served before {@link #start}.
  ///
  /// @param alive whether the process's own loops run
  /// @param obstacle why the pod is not consuming, if it is not
  /// @param pause why the pod fetches nothing by plan, which leaves it ready; empty while it does
  /// @param metrics the current metrics in the format of a content type
  /// @throws UnusableEnvironmentException if the address cannot be bound
  PodServer(
      InetSocketAddress address,
      BooleanSupplier alive,
      Supplier<Optional<String>> obstacle,
      Supplier<String> pause,
      UnaryOperator<String> metrics) {
    server = bind(address);
    server.setExecutor(threads);
    serve(
        "/livez",
        () -> alive.getAsBoolean() ? ok(TEXT, "ok\n") : unavailable("a loop of the pod has ended"));
    serve(
        "/readyz",
        () -> obstacle.get().map(PodServer::unavailable).orElseGet(() -> ready(pause.get())));
    server.createContext(
        "/metrics",
        exchange -> {
          var format = metricsFormat(exchange.getRequestHeaders().get("Accept"));
          send(exchange, ok(format, metrics.apply(format)));
        });
  }

  void start() {
    server.start();
  }

  void stop() {
    server.stop(0);
    threads.shutdown();
  }

  private record Answer(int status, String contentType, String body) {}

  private static Answer ok(String contentType, String body) {
    return new Answer(OK, contentType, body);
  }

  /// OpenMetrics, which has exemplars, for whoever accepts it; Prometheus prefers it.
  private static String metricsFormat(@Nullable List<String> accepted) {
    return accepted != null
            && accepted.stream().anyMatch(types -> types.contains(OPEN_METRICS_TYPE))
        ? OPEN_METRICS
        : PROMETHEUS;
  }

  private static Answer ready(String pause) {
    return ok(TEXT, pause.isEmpty() ? "ok\n" : "ok, and fetching nothing by plan: " + pause + "\n");
  }

  private static Answer unavailable(String reason) {
    return new Answer(UNAVAILABLE, TEXT, reason + "\n");
  }

  private void serve(String path, Supplier<Answer> answers) {
    server.createContext(path, exchange -> send(exchange, answers.get()));
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    try (exchange) {
      var body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.contentType());
      exchange.sendResponseHeaders(answer.status(), body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static HttpServer bind(InetSocketAddress address) {
    try {
      return HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UnusableEnvironmentException(
          "HTTP cannot be served on %s port %d: %s; set WARREN_HTTP_HOST and WARREN_HTTP_PORT to a free address"
              .formatted(address.getHostString(), address.getPort(), e.getMessage()),
          e);
    }
  }
}
