package dev.warren.worker.handler;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.warren.worker.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/// The contract's HTTP endpoint.
final class Endpoint implements AutoCloseable {
  private final HttpServer server;

  Endpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", Endpoint::answer);
    server.start();
  }

  URI url() {
    return URI.create("http://localhost:" + server.getAddress().getPort() + "/tasks");
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /// A handler that throws leaves no answer.
  private static void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      var body = exchange.getRequestBody().readAllBytes();
      var outcome =
          Obedience.obey(
              text(headers, "Warren-Task-Type"),
              text(headers, "Warren-Header-started"),
              told(headers, body));
      send(exchange, outcome);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void send(HttpExchange exchange, Outcome outcome) throws IOException {
    int status =
        switch (outcome) {
          case Outcome.Done _ -> 204;
          case Outcome.Retry _ -> 500;
          case Outcome.Snooze _ -> 503;
          case Outcome.Fail _, Outcome.Drop _ -> 422;
        };
    switch (outcome) {
      case Outcome.Snooze(var delay) ->
          exchange.getResponseHeaders().set("Retry-After", "" + delay.toSeconds());
      case Outcome.Fail(var reason) -> exchange.getResponseHeaders().set("Warren-Reason", reason);
      case Outcome.Done _, Outcome.Retry _, Outcome.Drop _ -> {}
    }
    exchange.sendResponseHeaders(status, -1);
  }

  private static Obedience.Told told(Headers headers, byte[] body) {
    return new Obedience.Told(
        text(headers, "Idempotency-Key"),
        text(headers, "Warren-Routing-Key"),
        Integer.parseInt(text(headers, "Warren-Attempt")),
        Long.parseLong(text(headers, "Warren-First-Seen")),
        Long.parseLong(text(headers, "Warren-Deadline")),
        text(headers, "Content-Type"),
        text(headers, "traceparent"),
        text(headers, "Warren-Header-tenant"),
        text(headers, "Warren-Header-digest"),
        Obedience.digest(body));
  }

  private static String text(Headers headers, String name) {
    var value = headers.getFirst(name);
    return value == null ? "" : URLDecoder.decode(value, StandardCharsets.UTF_8);
  }
}
