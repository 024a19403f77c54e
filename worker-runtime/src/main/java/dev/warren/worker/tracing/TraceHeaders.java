package dev.warren.worker.tracing;

import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// W3C trace context in the headers of messages. Pure. It is the format whatever the environment
/// says of others: messages outlive settings, and pass through workers that differ in them.
final class TraceHeaders {
  private static final W3CTraceContextPropagator FORMAT = W3CTraceContextPropagator.getInstance();

  private TraceHeaders() {}

  /// What the headers say of the sender; nothing if that is missing or wrong.
  static Context read(Map<String, ?> headers) {
    return FORMAT.extract(Context.root(), headers, Reader.OF_TEXTS);
  }

  /// Headers that hand a span on.
  static Map<String, String> of(Context context) {
    var headers = new HashMap<String, String>();
    FORMAT.inject(context, headers, (_, name, value) -> headers.put(name, value));
    return Map.copyOf(headers);
  }

  /// Values that are no text do not count.
  private enum Reader implements TextMapGetter<Map<String, ?>> {
    OF_TEXTS;

    @Override
    public Iterable<String> keys(Map<String, ?> headers) {
      return headers.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, ?> headers, String name) {
      return headers != null && headers.get(name) instanceof String text ? text : null;
    }
  }
}
