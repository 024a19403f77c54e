package dev.warren.worker.tracing;

import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskSpan;
import dev.warren.worker.TaskTracing;
import dev.warren.worker.TracedAttempt;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.Callable;

/// Traces by OpenTelemetry. Names of spans hold the queue alone, because routing keys may be as
/// many as tasks; the attribute has them all.
public final class OtelTracing implements TaskTracing {
  private final Tracer tracer;
  private final String queue;

  /// Traces of the tasks of this queue.
  public OtelTracing(OpenTelemetry openTelemetry, String queue) {
    this.tracer = openTelemetry.getTracer("dev.warren.worker");
    this.queue = queue;
  }

  @Override
  public TaskSpan begin(TracedAttempt attempt) {
    var parent = waited(attempt, TraceHeaders.read(attempt.task().headers()));
    var span =
        about(attempt, tracer.spanBuilder("process " + queue))
            .setParent(parent)
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute(Messaging.OPERATION_NAME, Messaging.PROCESS)
            .setAttribute(Messaging.OPERATION_TYPE, Messaging.PROCESS)
            .setAttribute(Messaging.BODY_SIZE, (long) attempt.task().payload().length)
            .setAttribute(Messaging.ATTEMPT, (long) attempt.attempt())
            .startSpan();
    return new OtelSpan(tracer, parent.with(span));
  }

  /// Named apart from the spans of attempts, which count each task once already.
  @Override
  public <T> T batch(List<TaskContext> attempts, Callable<T> body) throws Exception {
    var builder =
        tracer
            .spanBuilder("batch " + queue)
            .setNoParent()
            .setSpanKind(SpanKind.CONSUMER)
            .setAttribute(Messaging.SYSTEM, Messaging.RABBITMQ)
            .setAttribute(Messaging.OPERATION_NAME, "batch")
            .setAttribute(Messaging.OPERATION_TYPE, Messaging.PROCESS)
            .setAttribute(Messaging.QUEUE, queue)
            .setAttribute(Messaging.BATCH_SIZE, (long) attempts.size());
    attempts.forEach(attempt -> builder.addLink(contextOf(attempt)));
    return within(builder.startSpan(), body);
  }

  /// The time from sending to now, which nobody else measures.
  ///
  /// @return where the attempt belongs: to the sender, or to the wait if no sender is known
  private Context waited(TracedAttempt attempt, Context sender) {
    if (attempt.sent().isEmpty()) {
      return sender;
    }
    var span =
        about(attempt, tracer.spanBuilder("wait " + queue))
            .setParent(sender)
            .setStartTimestamp(attempt.sent().get())
            .startSpan();
    span.end();
    return Span.fromContext(sender).getSpanContext().isValid() ? sender : sender.with(span);
  }

  private SpanBuilder about(TracedAttempt attempt, SpanBuilder builder) {
    var task = attempt.task();
    task.id().ifPresent(id -> builder.setAttribute(Messaging.MESSAGE_ID, id));
    return builder
        .setAttribute(Messaging.SYSTEM, Messaging.RABBITMQ)
        .setAttribute(
            Messaging.DESTINATION,
            Messaging.destination(attempt.exchange(), task.routingKey(), queue))
        .setAttribute(Messaging.ROUTING_KEY, task.routingKey())
        .setAttribute(Messaging.QUEUE, queue);
  }

  private static SpanContext contextOf(TaskContext attempt) {
    var headers = new HashMap<String, String>();
    attempt.traceparent().ifPresent(value -> headers.put("traceparent", value));
    attempt.tracestate().ifPresent(value -> headers.put("tracestate", value));
    return Span.fromContext(TraceHeaders.read(headers)).getSpanContext();
  }

  // Throwable: the handler's errors too end the span as failed, and go on as they are.
  private static <T> T within(Span span, Callable<T> body) throws Exception {
    try (var _ = span.makeCurrent()) {
      return body.call();
    } catch (Throwable e) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute(Messaging.ERROR_TYPE, e.getClass().getName());
      throw e;
    } finally {
      span.end();
    }
  }
}
