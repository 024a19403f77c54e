package dev.warren.operator.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// HTTP to one server, as one user, over connections that are kept open. May be used by any thread.
final class HttpConnection implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

  /// Reads an answer, on the calling thread; what it leaves unread is skipped.
  interface Reader<T> {
    /// What the answer says.
    ///
    /// @throws IOException if it breaks off
    T read(HttpResponse<InputStream> response) throws IOException;
  }

  private final URI base;
  private final Optional<String> authorization;
  private final HttpClient http;

  /// @param base scheme, host, port and what every path begins with
  /// @param credentials user and password with a colon between them
  HttpConnection(URI base, Optional<String> credentials, Trust trust) {
    this.base = base;
    authorization =
        credentials.map(
            text ->
                "Basic "
                    + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    var builder =
        HttpClient.newBuilder()
            // 3.10 drops bodies of requests that ask for an upgrade to HTTP/2.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT);
    if ("https".equals(base.getScheme())) {
      var tls = trust.ofOperator();
      builder.sslContext(tls.context()).sslParameters(tls.parameters());
    }
    http = builder.build();
  }

  /// Scheme, host and port.
  URI base() {
    return base;
  }

  /// One call.
  ///
  /// @param path from the root, encoded, with the query
  /// @param deadline for all of it, the answer's last byte included
  /// @throws IOException if there is no whole answer in time
  <T> T call(
      String method,
      String path,
      HttpRequest.BodyPublisher body,
      Duration deadline,
      Reader<T> reader)
      throws IOException, InterruptedException {
    var start = System.nanoTime();
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(deadline)
            .header("Content-Type", "application/json")
            .method(method, body);
    authorization.ifPresent(value -> request.header("Authorization", value));
    var response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    return read(response, deadline.minusNanos(System.nanoTime() - start), reader);
  }

  /// The client's own timeout ends when the body begins.
  private static <T> T read(HttpResponse<InputStream> response, Duration left, Reader<T> reader)
      throws IOException {
    var late = new CompletableFuture<Void>();
    try (var body = response.body()) {
      var _ = late.thenRun(() -> close(body));
      var _ = late.completeOnTimeout(null, left.toMillis(), TimeUnit.MILLISECONDS);
      var read = reader.read(response);
      // A connection can be used again once the last byte is read.
      body.transferTo(OutputStream.nullOutputStream());
      return read;
    } catch (JsonProcessingException e) {
      throw late.isDone() ? new HttpTimeoutException("the answer broke off") : e;
    } finally {
      late.cancel(false);
    }
  }

  private static void close(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Then its reader has failed already.
    }
  }

  /// Calls under way go on.
  @Override
  public void close() {
    http.shutdown();
  }
}
