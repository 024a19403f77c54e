package dev.warren.worker.pod;

import dev.warren.model.WorkerConfiguration;
import dev.warren.worker.TaskTracing;
import dev.warren.worker.tracing.OtelTracing;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// OpenTelemetry's SDK, configured by its own environment variables. Also the one that handlers get
/// from `GlobalOpenTelemetry`, so that their spans join.
///
/// @param tracing for the tasks of the pod's queue
record TracingSdk(OpenTelemetrySdk sdk, TaskTracing tracing) {
  /// A pod that stops must not wait long for a collector that does not answer.
  private static final int LONGEST_FLUSH_SECONDS = 3;

  /// Unless the environment says otherwise. Metrics are Prometheus' and logs the standard output's;
  /// OTLP goes over HTTP, because the JDK's client speaks no gRPC.
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.exporter.otlp.protocol", "http/protobuf");

  /// Starts the SDK.
  ///
  /// @throws UnusableEnvironmentException if its variables cannot be used
  static TracingSdk start(WorkerConfiguration configuration, String pod) {
    SdkLog.start();
    try {
      var sdk =
          AutoConfiguredOpenTelemetrySdk.builder()
              .addPropertiesSupplier(() -> DEFAULTS)
              .addResourceCustomizer((given, _) -> resource(configuration, pod).merge(given))
              .disableShutdownHook()
              .setResultAsGlobal()
              .build()
              .getOpenTelemetrySdk();
      return new TracingSdk(sdk, new OtelTracing(sdk, configuration.queue()));
    } catch (RuntimeException e) { // of several kinds, whatever the variable
      throw new UnusableEnvironmentException(
          "environment: OpenTelemetry cannot be started: %s; correct its OTEL_ variables or set OTEL_SDK_DISABLED=true"
              .formatted(e.getMessage()),
          e);
    }
  }

  /// Sends what is left.
  void stop() {
    var _ = sdk.shutdown().join(LONGEST_FLUSH_SECONDS, TimeUnit.SECONDS);
  }

  /// The pod by the conventions for Kubernetes; the environment's attributes come on top.
  private static Resource resource(WorkerConfiguration configuration, String pod) {
    return Resource.create(
        Attributes.builder()
            .put("service.name", configuration.worker())
            .put("service.namespace", configuration.namespace())
            .put("service.instance.id", pod)
            .put("k8s.namespace.name", configuration.namespace())
            .put("k8s.pod.name", pod)
            .build());
  }
}
