package dev.warren.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/// Serves `/livez`, `/readyz` and `/metrics`.
final class Endpoints implements AutoCloseable {
  private static final int THREADS = 2;

  private final HttpServer server;

  /// Serves at once.
  ///
  /// @param live whether the process's own loops run
  /// @param ready whether it can do its work; a follower that waits to lead is ready
  Endpoints(
      OperatorConfig config,
      PrometheusMeterRegistry metrics,
      BooleanSupplier live,
      BooleanSupplier ready)
      throws IOException {
    server = HttpServer.create(new InetSocketAddress(config.httpHost(), config.httpPort()), 0);
    // Threads of its own: virtual ones would wait behind reconciliations that compute, and a
    // kubelet
    // that waits too long for an answer restarts the pod.
    server.setExecutor(
        Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().daemon().factory()));
    server.createContext("/livez", exchange -> health(exchange, live.getAsBoolean()));
    server.createContext("/readyz", exchange -> health(exchange, ready.getAsBoolean()));
    server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.scrape()));
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void health(HttpExchange exchange, boolean well) throws IOException {
    answer(exchange, well ? 200 : 503, well ? "ok\n" : "not yet\n");
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
