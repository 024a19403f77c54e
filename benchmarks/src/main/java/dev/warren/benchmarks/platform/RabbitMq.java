package dev.warren.benchmarks.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.warren.benchmarks.harness.BenchmarkException;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The broker that is used, as its administrator sees it. For one thread.
public final class RabbitMq implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// The deletion of a vhost takes as long as that of its queues.
  private static final Duration TIMEOUT = Duration.ofMinutes(10);

  private static final Duration INTERVAL = Duration.ofMillis(500);

  private final URI amqp;
  private final URI management;
  private final HttpClient http = HttpClient.newHttpClient();

  /// @param amqp with user and password of an administrator
  /// @param management likewise
  public RabbitMq(URI amqp, URI management) {
    this.amqp = amqp;
    this.management = management;
  }

  public URI amqp() {
    return amqp;
  }

  public URI management() {
    return management;
  }

  /// What the broker says of itself, "RabbitMQ 4.0.5".
  public String version() throws IOException, InterruptedException {
    var overview = read("overview");
    return overview.path("product_name").asText("RabbitMQ")
        + " "
        + overview.path("rabbitmq_version").asText();
  }

  /// Creates a vhost; there is none of this name.
  public void createVhost(String name) throws IOException, InterruptedException {
    var answer = send("PUT", "vhosts/" + name);
    if (answer.statusCode() / 100 != 2) {
      throw new BenchmarkException(
          "the broker did not create vhost '%s': %d %s"
              .formatted(name, answer.statusCode(), answer.body()));
    }
  }

  /// Deletes a vhost with all that is in it; returns once it is gone.
  public void deleteVhost(String name) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + TIMEOUT.toNanos();
    // A large one is not gone when the answer comes, or the answer is that it takes long.
    try {
      var _ = send("DELETE", "vhosts/" + name);
    } catch (IOException _) {
      // It takes so long that RabbitMQ closes the connection, and goes on deleting.
    }
    while (send("GET", "vhosts/" + name).statusCode() != HttpURLConnection.HTTP_NOT_FOUND) {
      if (System.nanoTime() - deadline > 0) {
        throw new BenchmarkException(
            "vhost '%s' is not gone after %s; delete it by hand".formatted(name, TIMEOUT));
      }
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
    }
  }

  /// What the management API has at a path, behind `/api/`.
  ///
  /// @throws BenchmarkException if it has nothing there
  public JsonNode read(String path) throws IOException, InterruptedException {
    var answer = send("GET", path);
    if (answer.statusCode() != HttpURLConnection.HTTP_OK) {
      throw new BenchmarkException(
          "the broker answered %d to a GET of '%s': %s"
              .formatted(answer.statusCode(), path, answer.body()));
    }
    return JSON.readTree(answer.body());
  }

  /// A connection of the client library, to be closed.
  public Connection connect(String vhost) throws IOException, TimeoutException {
    try {
      var factory = new ConnectionFactory();
      factory.setUri(amqp);
      factory.setVirtualHost(vhost);
      return factory.newConnection("benchmark");
    } catch (GeneralSecurityException e) {
      throw new IOException("'%s' can't be connected to".formatted(amqp.getHost()), e);
    }
  }

  private HttpResponse<String> send(String method, String path)
      throws IOException, InterruptedException {
    var user =
        Base64.getEncoder()
            .encodeToString(management.getUserInfo().getBytes(StandardCharsets.UTF_8));
    var uri =
        URI.create(
            "%s://%s:%d/api/%s"
                .formatted(
                    management.getScheme(), management.getHost(), management.getPort(), path));
    var request =
        HttpRequest.newBuilder(uri)
            .timeout(TIMEOUT)
            .header("Authorization", "Basic " + user)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.noBody())
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  @Override
  public void close() {
    http.close();
  }
}
