package dev.warren.worker.handler;

import dev.warren.model.TaskHeaders;
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
import java.util.List;

/// Posts each task to an endpoint: the body as it is, with its content type, `Idempotency-Key` (the
/// task's id), `Warren-Attempt` and the trace context. {@link HttpOutcome} says what the answer
/// means; no answer is a failed attempt. Connections are pooled.
final class HttpRunner implements TaskRunner {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
  private static final List<String> TRACE_CONTEXT =
      List.of(TaskHeaders.TRACEPARENT, TaskHeaders.TRACESTATE);

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
        response.statusCode(), response.headers().firstValue("Retry-After"), Instant.now());
  }

  @Override
  public void close() {
    client.shutdownNow();
  }

  private HttpRequest request(Task<byte[]> task, String contentType, TaskContext context) {
    var request =
        HttpRequest.newBuilder(url)
            .POST(HttpRequest.BodyPublishers.ofByteArray(task.payload()))
            .header("Content-Type", headerValue(contentType))
            .header("Warren-Attempt", Integer.toString(context.attempt()));
    task.id().ifPresent(id -> request.header("Idempotency-Key", TaskText.encode(id)));
    for (var name : TRACE_CONTEXT) {
      if (task.headers().get(name) instanceof String value) {
        request.header(name, headerValue(value));
      }
    }
    return request.build();
  }

  /// Control characters would make the request invalid, and the task fail for ever.
  private static String headerValue(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }
}
