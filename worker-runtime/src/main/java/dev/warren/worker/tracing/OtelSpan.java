package dev.warren.worker.tracing;

import dev.warren.model.TaskHeaders;
import dev.warren.worker.Successor;
import dev.warren.worker.TaskSpan;
import dev.warren.worker.TaskStatus;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/// The span of an attempt. While it is the current one, `trace_id` is in the log too.
final class OtelSpan implements TaskSpan {
  private final Tracer tracer;
  private final Context context;
  private final Span span;

  /// @param context one that holds the span
  OtelSpan(Tracer tracer, Context context) {
    this.tracer = tracer;
    this.context = context;
    this.span = Span.fromContext(context);
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // The caller closes both.
  public Entered enter() {
    var scope = context.makeCurrent();
    var log = MDC.putCloseable("trace_id", span.getSpanContext().getTraceId());
    return () -> {
      log.close();
      scope.close();
    };
  }

  @Override
  public Map<String, String> headers() {
    return TraceHeaders.of(context);
  }

  @Override
  public boolean send(Successor successor, Publishing publishing) throws InterruptedException {
    var sending = sending(successor);
    var confirmed = false;
    try {
      confirmed = publishing.publish(carrying(sending, successor));
      return confirmed;
    } finally {
      if (!confirmed) {
        sending.setStatus(StatusCode.ERROR, "the broker has not confirmed it");
      }
      sending.end();
    }
  }

  @Override
  public void failed(String type, String message) {
    span.setStatus(StatusCode.ERROR, message);
    span.setAttribute(Messaging.ERROR_TYPE, type);
  }

  @Override
  public void end(TaskStatus status) {
    span.setAttribute(Messaging.OUTCOME, status.label());
    span.end();
  }

  private Span sending(Successor successor) {
    return tracer
        .spanBuilder("send " + successor.exchange())
        .setParent(context)
        .setSpanKind(SpanKind.PRODUCER)
        .setAttribute(Messaging.SYSTEM, Messaging.RABBITMQ)
        .setAttribute(Messaging.OPERATION_NAME, Messaging.SEND)
        .setAttribute(Messaging.OPERATION_TYPE, Messaging.SEND)
        .setAttribute(
            Messaging.DESTINATION,
            Messaging.destination(successor.exchange(), successor.routingKey()))
        .setAttribute(Messaging.ROUTING_KEY, successor.routingKey())
        .startSpan();
  }

  private Successor carrying(Span sending, Successor successor) {
    var headers = new HashMap<String, @Nullable Object>(successor.headers());
    headers.remove(TaskHeaders.TRACESTATE);
    headers.putAll(TraceHeaders.of(context.with(sending)));
    headers.put(TaskHeaders.SENT_AT, Instant.now().toEpochMilli());
    return new Successor(successor.exchange(), successor.routingKey(), headers);
  }
}
