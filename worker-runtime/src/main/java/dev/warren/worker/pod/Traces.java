package dev.warren.worker.pod;

import dev.warren.model.WorkerConfiguration;
import dev.warren.worker.TaskTracing;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The pod's traces, which many pods do without: then this does nothing, and no class of
/// OpenTelemetry is loaded.
///
/// @param sdk null without traces
record Traces(@Nullable TracingSdk sdk) {
  /// As the environment says.
  ///
  /// @throws UnusableEnvironmentException if OpenTelemetry's variables cannot be used
  static Traces of(WorkerConfiguration configuration, WorkerEnvironment environment) {
    return new Traces(
        environment.traced() ? TracingSdk.start(configuration, environment.podName()) : null);
  }

  TaskTracing tracing() {
    return sdk == null ? TaskTracing.NONE : sdk.tracing();
  }

  /// Where metrics find the span that belongs to what they measure.
  Optional<SpanContext> exemplars() {
    return sdk == null ? Optional.empty() : Optional.of(new CurrentSpan());
  }

  /// Sends what is left, for a few seconds at most.
  void stop() {
    if (sdk != null) {
      sdk.stop();
    }
  }
}
