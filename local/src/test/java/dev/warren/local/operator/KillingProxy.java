package dev.warren.local.operator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/// Stands between an operator and the management API of its broker, and kills the operator at one
/// of the writes that change something there. Used by one test at a time.
final class KillingProxy implements AutoCloseable {
  /// When an operator is killed.
  enum Moment {
    /// The broker has not got the write, and never will.
    BEFORE,

    /// The broker has carried the write out, and the operator does not learn of it.
    AFTER
  }

  private final URI target;
  private final HttpServer server;

  /// The broker's management API breaks off when a request with a body asks for HTTP/2.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// Who is to be killed, if anybody. Guarded by this.
  private Optional<OperatorProcess> victim = Optional.empty();

  /// Guarded by this.
  private Moment moment = Moment.AFTER;

  /// Writes that are still let through before the one that kills. Guarded by this.
  private int spared;

  /// The write at which the victim was killed, if it was. Guarded by this.
  private Optional<String> fatal = Optional.empty();

  /// Readings of a vhost's queues since there was a new victim or a write. Guarded by this.
  private int readings;

  /// @param management URI of the management API
  KillingProxy(URI management) throws IOException {
    target = management;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::handle);
    server.start();
  }

  /// The management API through this proxy, with the same credentials.
  URI uri() {
    return URI.create(
        "http://%s@127.0.0.1:%d".formatted(target.getRawUserInfo(), server.getAddress().getPort()));
  }

  /// Kills this operator at a write; the one before, if it was another, must be dead.
  ///
  /// @param before writes that are let through before
  synchronized void kill(OperatorProcess operator, Moment when, int before) {
    victim = Optional.of(operator);
    moment = when;
    spared = before;
    fatal = Optional.empty();
    readings = 0;
  }

  /// Kills nobody until it is told to again.
  synchronized void spare() {
    victim = Optional.empty();
    fatal = Optional.empty();
  }

  /// The write at which the operator was killed; empty while it lives.
  synchronized Optional<String> fatal() {
    return fatal;
  }

  /// How often the queues of any vhost were read since an operator was named or has written: who
  /// reads again and again has found nothing to do.
  synchronized int readings() {
    return readings;
  }

  @Override
  public void close() {
    server.stop(0);
    http.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().toString();
      var request = request(exchange, path);
      if (isWrite(request.method(), path)) {
        write(exchange, request, request.method() + " " + path);
      } else {
        answer(exchange, send(request));
        count(path);
      }
    } catch (IOException e) {
      // Whoever asked is dead.
    }
  }

  /// One at a time, so that nothing is written beside the write that kills, or after it.
  private synchronized void write(HttpExchange exchange, HttpRequest request, String as)
      throws IOException {
    if (fatal.isPresent()) {
      return;
    }
    readings = 0;
    var last = victim.isPresent() && spared == 0;
    if (last && moment == Moment.BEFORE) {
      kill(as);
      return;
    }
    var answer = send(request);
    if (last && changes(answer)) {
      kill(as);
      return;
    }
    if (changes(answer)) {
      spared = Math.max(0, spared - 1);
    }
    answer(exchange, answer);
  }

  /// Whether a write was a step: to delete what is not there is none.
  private static boolean changes(HttpResponse<?> answer) {
    return answer.statusCode() / 100 == 2;
  }

  private synchronized void kill(String as) {
    victim.orElseThrow().kill();
    fatal = Optional.of(as);
  }

  private synchronized void count(String path) {
    if (path.startsWith("/api/queues/")) {
      readings++;
    }
  }

  /// Fetching a message is the only POST that is there to read.
  private static boolean isWrite(String method, String path) {
    return switch (method) {
      case "PUT", "DELETE" -> true;
      case "POST" -> !path.endsWith("/get");
      default -> false;
    };
  }

  private HttpRequest request(HttpExchange exchange, String path) throws IOException {
    var builder =
        HttpRequest.newBuilder(
            URI.create("http://%s:%d%s".formatted(target.getHost(), target.getPort(), path)));
    for (var header : List.of("Authorization", "Content-Type")) {
      Optional.ofNullable(exchange.getRequestHeaders().getFirst(header))
          .ifPresent(value -> builder.header(header, value));
    }
    var body = exchange.getRequestBody().readAllBytes();
    return builder
        .method(
            exchange.getRequestMethod(),
            body.length == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private static void answer(HttpExchange exchange, HttpResponse<byte[]> answer)
      throws IOException {
    answer
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
    var body = answer.body();
    exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }
}
