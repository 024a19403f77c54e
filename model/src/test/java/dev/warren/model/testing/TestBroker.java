package dev.warren.model.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.UUID;

/// The RabbitMQ that `./test` started, and a vhost of its own for each test class. Reads
/// `WARREN_TEST_RABBITMQ_URL` and `WARREN_TEST_RABBITMQ_MANAGEMENT_URL`. Needs nothing but the JDK,
/// so that each module uses the client it tests.
public final class TestBroker implements AutoCloseable {
  private final URI amqp;
  private final URI management;
  // The management API breaks off when a request with a body asks for HTTP/2.
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String vhost = "test-" + UUID.randomUUID();

  private TestBroker(URI amqp, URI management) {
    this.amqp = amqp;
    this.management = management;
  }

  /// A broker with a new, empty vhost, which `close` deletes.
  public static TestBroker withNewVhost() {
    return withNewVhost(
        URI.create(variable("WARREN_TEST_RABBITMQ_URL")),
        URI.create(variable("WARREN_TEST_RABBITMQ_MANAGEMENT_URL")));
  }

  /// The same at a broker that a test has started for itself.
  ///
  /// @param amqp `amqp://user:password@host:port` of an administrator
  /// @param management `http://user:password@host:port` likewise
  public static TestBroker withNewVhost(URI amqp, URI management) {
    var broker = new TestBroker(amqp, management);
    broker.call("PUT", "/api/vhosts/" + broker.vhost, "{}");
    broker.call(
        "PUT",
        "/api/permissions/" + broker.vhost + "/" + broker.username(),
        "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
    return broker;
  }

  public String vhost() {
    return vhost;
  }

  public String host() {
    return amqp.getHost();
  }

  public int port() {
    return amqp.getPort();
  }

  public String username() {
    return credentials()[0];
  }

  public String password() {
    return credentials()[1];
  }

  /// AMQP URI of the vhost, with an administrator's credentials.
  public URI uri() {
    return URI.create(
        "amqp://%s@%s:%d/%s"
            .formatted(amqp.getRawUserInfo(), amqp.getHost(), amqp.getPort(), vhost));
  }

  /// Management URI, with an administrator's credentials.
  public URI managementUri() {
    return management;
  }

  /// One call of the management API; the body is JSON, the path is encoded.
  ///
  /// @return the response's body
  /// @throws IllegalStateException if the status is not one of success
  public String call(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(
                URI.create(
                    "http://%s:%d%s".formatted(management.getHost(), management.getPort(), path)))
            .header("Authorization", "Basic " + base64(username() + ":" + password()))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      var response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() / 100 != 2) {
        throw new IllegalStateException(
            "%s %s: %d %s".formatted(method, path, response.statusCode(), response.body()));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// A name as a segment of a path.
  public static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    call("DELETE", "/api/vhosts/" + vhost, "");
  }

  private String[] credentials() {
    return amqp.getUserInfo().split(":", 2);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String variable(String name) {
    return Objects.requireNonNull(System.getenv(name), () -> name + " is not set; run ./test");
  }
}
