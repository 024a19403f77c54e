package dev.warren.local.apiserver;

import static java.net.HttpURLConnection.HTTP_OK;
import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes each HTTP request to what answers it. Called on a virtual thread per request.
final class Router implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final int NO_BODY = -1;
  private static final String BEARER = "Bearer ";

  private final Store store;
  private final Types types;
  private final Resources resources;
  private final Authorization authorization;
  private final Clock clock;
  private final RequestCounts counts = new RequestCounts();

  Router(Store store, Types types, Clock clock) {
    this.store = store;
    this.types = types;
    this.resources = new Resources(store, clock);
    authorization = new Authorization(store);
    this.clock = clock;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
        // A client that is refused with this code watches by plain HTTP instead.
        exchange.sendResponseHeaders(200, NO_BODY);
        return;
      }
      handle(exchange, read(exchange));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void handle(HttpExchange exchange, ApiRequest request)
      throws IOException, InterruptedException {
    if (request.path().equals(RequestCounts.PATH)) {
      send(exchange, HTTP_OK, "text/plain; version=0.0.4", counts.text().getBytes(US_ASCII));
      return;
    }
    Answer answer;
    try {
      var target = target(request);
      target.ifPresent(it -> authorization.check(token(exchange), it, request));
      if (target.isPresent() && request.isSet("watch")) {
        counts.count(request, HTTP_OK);
        watch(exchange, target.get(), request);
        return;
      }
      answer = target.map(it -> resources.answer(it, request)).orElseGet(() -> other(request));
    } catch (ApiFailure e) {
      answer = new Answer(e.code(), e.status());
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).addKeyValue("path", request.path()).log("request failed");
      answer = new Answer(500, ApiFailure.unexpected(e).status());
    }
    counts.count(request, answer.code());
    send(exchange, answer.code(), "application/json", Json.write(answer.body()));
  }

  private Optional<Target> target(ApiRequest request) {
    return ResourcePath.parse(request.path())
        .flatMap(
            path ->
                types
                    .find(path.group(), path.version(), path.plural())
                    .map(
                        type ->
                            new Target(type, path.namespace(), path.name(), path.subresource())));
  }

  private Answer other(ApiRequest request) {
    if (request.method().equals("POST")) {
      return Reviews.answer(request.path(), request.document())
          .map(review -> new Answer(201, review))
          .orElseThrow(ApiFailure::noSuchPath);
    }
    var served = types.all();
    return Discovery.document(request.path(), served)
        .or(() -> OpenApi.document(request.path(), served))
        .map(document -> new Answer(200, document))
        .orElseThrow(ApiFailure::noSuchPath);
  }

  private void watch(HttpExchange exchange, Target target, ApiRequest request)
      throws IOException, InterruptedException {
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, 0);
    try (var out = exchange.getResponseBody()) {
      new Watch(store, target, request, clock, out).run();
    }
  }

  private static void send(HttpExchange exchange, int code, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(code, body.length);
    exchange.getResponseBody().write(body);
  }

  private static ApiRequest read(HttpExchange exchange) throws IOException {
    var uri = exchange.getRequestURI();
    var prefix = exchange.getHttpContext().getPath();
    var path = uri.getPath().substring(prefix.length());
    var headers = exchange.getRequestHeaders();
    var contentType = Optional.ofNullable(headers.getFirst("Content-Type")).orElse("");
    return new ApiRequest(
        exchange.getRequestMethod(),
        path.startsWith("/") ? path : "/" + path,
        query(Optional.ofNullable(uri.getRawQuery()).orElse("")),
        String.join(",", headers.getOrDefault("Accept", List.of())),
        contentType.split(";", 2)[0].strip(),
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }

  private static String token(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization"))
        .filter(header -> header.startsWith(BEARER))
        .map(header -> header.substring(BEARER.length()))
        .orElse("");
  }

  private static Map<String, String> query(String text) {
    var query = new HashMap<String, String>();
    for (var parameter : text.split("&", -1)) {
      var pair = parameter.split("=", 2);
      if (!pair[0].isEmpty()) {
        query.put(decoded(pair[0]), pair.length == 2 ? decoded(pair[1]) : "");
      }
    }
    return query;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
