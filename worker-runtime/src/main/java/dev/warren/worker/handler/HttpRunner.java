package dev.warren.worker.handler;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskRunner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/// Posts each task to an endpoint: the body as it is, with its content type, and what else is known
/// of the task in headers. {@link HttpOutcome} says what the answer means; no answer is a failed
/// attempt. The answer has as long as the attempt, whose interrupt ends the exchange. Connections
/// are pooled.
final class HttpRunner implements TaskRunner {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  static {
    // A server may close a pooled connection just when a request is sent on it. Sent again on
    // another, it costs no attempt; a task may be posted twice in any case.
    System.setProperty("jdk.httpclient.enableAllMethodRetry", "true");
  }

  /// HTTP/1.1, because an endpoint without TLS would have to answer an upgrade first.
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  private final URI url;

  HttpRunner(URI url) {
    this.url = url;
  }

  @Override
  public Outcome run(Task<byte[]> task, String contentType, TaskContext context)
      throws IOException, InterruptedException {
    var response =
        client.send(request(task, contentType, context), HttpResponse.BodyHandlers.discarding());
    return HttpOutcome.of(
        response.statusCode(),
        response.headers().firstValue("Retry-After"),
        response.headers().firstValue("Warren-Reason"),
        Instant.now());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest request(Task<byte[]> task, String contentType, TaskContext context) {
    var request =
        HttpRequest.newBuilder(url)
            .POST(HttpRequest.BodyPublishers.ofByteArray(task.payload()))
            .header("Content-Type", TaskText.visible(contentType))
            .header("Warren-Task-Type", TaskText.encode(task.type()))
            .header("Warren-Routing-Key", TaskText.encode(task.routingKey()))
            .header("Warren-Attempt", Integer.toString(context.attempt()))
            .header("Warren-First-Seen", Long.toString(context.firstSeen().toEpochMilli()))
            .header("Warren-Deadline", Long.toString(context.deadline().toEpochMilli()));
    context
        .idempotencyKey()
        .ifPresent(key -> request.header("Idempotency-Key", TaskText.encode(key)));
    context
        .traceparent()
        .ifPresent(value -> request.header("traceparent", TaskText.visible(value)));
    context.tracestate().ifPresent(value -> request.header("tracestate", TaskText.visible(value)));
    TaskText.headers(task).forEach((name, value) -> request.header("Warren-Header-" + name, value));
    return request.build();
  }
}
