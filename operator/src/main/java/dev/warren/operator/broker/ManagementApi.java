package dev.warren.operator.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Semaphore;

/// JSON calls to the management API of one RabbitMQ, a bounded number at a time, each with a
/// deadline. May be called by any thread.
///
/// Not RabbitMQ's own HTTP client: it reads a missing count as 0 and cannot leave out statistics
/// (ADR 0004).
final class ManagementApi {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);
  private static final int CALLS_AT_ONCE = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI base;
  private final String authorization;

  /// HTTP/1.1, because 3.10 drops bodies of requests that ask for an upgrade to HTTP/2.
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  private final Semaphore calls = new Semaphore(CALLS_AT_ONCE, true);

  ManagementApi(BrokerAddress address) {
    base = address.management();
    var credentials = address.username() + ":" + address.password();
    authorization =
        "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
  }

  /// What is at a path; a {@link MissingNode} if nothing is.
  JsonNode get(String path) {
    var response = call(request(path).GET());
    return response.statusCode() == 404 ? MissingNode.getInstance() : parse(success(response));
  }

  void put(String path, Map<String, ?> body) {
    success(call(request(path).PUT(json(body))));
  }

  /// What a POST answers; missing if nothing.
  JsonNode post(String path, Map<String, ?> body) {
    return parse(success(call(request(path).POST(json(body)))));
  }

  /// Deletes what is at a path, if anything is.
  void delete(String path) {
    var response = call(request(path).DELETE());
    if (response.statusCode() != 404) {
      success(response);
    }
  }

  /// A name as a segment of a path.
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(base.resolve("/api/" + path))
        .timeout(CALL_TIMEOUT)
        .header("Authorization", authorization)
        .header("Content-Type", "application/json");
  }

  private HttpResponse<String> call(HttpRequest.Builder builder) {
    var request = builder.build();
    try {
      calls.acquire();
      try {
        return http.send(request, HttpResponse.BodyHandlers.ofString());
      } finally {
        calls.release();
      }
    } catch (IOException e) {
      throw new BrokerException(
          BrokerException.Kind.UNREACHABLE,
          "the management API at %s does not answer (%s); check that the broker runs and that the address is right"
              .formatted(base, e.getClass().getSimpleName()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerException(
          BrokerException.Kind.UNREACHABLE, "the call to %s was interrupted".formatted(base));
    }
  }

  private HttpResponse<String> success(HttpResponse<String> response) {
    var status = response.statusCode();
    if (status / 100 == 2) {
      return response;
    }
    var call = response.request().method() + " " + response.uri().getRawPath();
    throw switch (status) {
      case 401, 403 ->
          new BrokerException(
              BrokerException.Kind.UNAUTHORIZED,
              "the management API at %s refuses the user of the TaskBroker's Secret (HTTP %d); correct user and"
                      .formatted(base, status)
                  + " password there, and give the user the tag administrator");
      case 400, 404, 405, 409 ->
          new BrokerException(
              BrokerException.Kind.REFUSED,
              "%s: HTTP %d, %s".formatted(call, status, reason(response)));
      default ->
          new BrokerException(
              BrokerException.Kind.UNREACHABLE,
              "the management API at %s is in trouble (HTTP %d)".formatted(base, status));
    };
  }

  private static String reason(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body()).path("reason").asText();
    } catch (JsonProcessingException e) {
      return "no reason given";
    }
  }

  private JsonNode parse(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (JsonProcessingException e) {
      throw new BrokerException(
          BrokerException.Kind.UNREACHABLE,
          "what answers at %s is no management API: its answer is not JSON; correct managementUri"
              .formatted(base));
    }
  }

  private static HttpRequest.BodyPublisher json(Map<String, ?> body) {
    try {
      return HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
