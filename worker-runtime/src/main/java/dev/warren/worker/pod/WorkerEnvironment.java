package dev.warren.worker.pod;

import static dev.warren.model.WorkerPod.BINDING_DIRECTORY;
import static dev.warren.model.WorkerPod.CONFIGURATION_FILE;
import static dev.warren.model.WorkerPod.HANDLER_PATH;
import static dev.warren.model.WorkerPod.HTTP_HOST;
import static dev.warren.model.WorkerPod.HTTP_PORT;
import static dev.warren.model.WorkerPod.IDEMPOTENCY_DIRECTORY;
import static dev.warren.model.WorkerPod.POD_NAME;

import dev.warren.model.WorkerPod;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a pod's environment variables say; {@link WorkerPod} names them. `WARREN_LOG_LEVEL` is read
/// by the logging configuration itself.
///
/// @param configurationFile the worker's settings
/// @param bindingDirectory the broker binding's entries
/// @param idempotencyDirectory how to reach the store of done tasks; empty if there is none
/// @param http where to serve HTTP
/// @param podName this pod's name
/// @param handlerPath where a handler class is searched
/// @param searchPath where a handler command is searched
/// @param traced whether OpenTelemetry's variables say where traces go
record WorkerEnvironment(
    Path configurationFile,
    Path bindingDirectory,
    String idempotencyDirectory,
    InetSocketAddress http,
    String podName,
    String handlerPath,
    String searchPath,
    boolean traced) {
  private static final List<String> SIGNS_OF_TRACING =
      List.of(
          "OTEL_EXPORTER_OTLP_ENDPOINT",
          "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
          "OTEL_TRACES_EXPORTER");

  private static final int LAST_PORT = 65_535;

  /// Reads the variables.
  ///
  /// @throws UnusableEnvironmentException if one is missing or wrong; names all of them
  static WorkerEnvironment parse(Map<String, String> variables) {
    var problems = new ArrayList<String>();
    var configurationFile = required(variables, CONFIGURATION_FILE, problems);
    var bindingDirectory = required(variables, BINDING_DIRECTORY, problems);
    var port = port(variables, problems);
    if (!problems.isEmpty()) {
      throw new UnusableEnvironmentException("environment: " + String.join("; ", problems));
    }
    return new WorkerEnvironment(
        Path.of(configurationFile),
        Path.of(bindingDirectory),
        variables.getOrDefault(IDEMPOTENCY_DIRECTORY, ""),
        new InetSocketAddress(variables.getOrDefault(HTTP_HOST, "127.0.0.1"), port),
        variables.getOrDefault(POD_NAME, variables.getOrDefault("HOSTNAME", "worker")),
        variables.getOrDefault(HANDLER_PATH, ""),
        variables.getOrDefault("PATH", ""),
        isTraced(variables));
  }

  /// What the variables mean otherwise is the SDK's to read.
  private static boolean isTraced(Map<String, String> variables) {
    return !variables.getOrDefault("OTEL_SDK_DISABLED", "").strip().equalsIgnoreCase("true")
        && !variables.getOrDefault("OTEL_TRACES_EXPORTER", "").strip().equals("none")
        && SIGNS_OF_TRACING.stream().anyMatch(name -> !variables.getOrDefault(name, "").isBlank());
  }

  private static String required(
      Map<String, String> variables, String name, List<String> problems) {
    var value = Optional.ofNullable(variables.get(name)).orElse("");
    if (value.isBlank()) {
      problems.add("%s is missing; set it".formatted(name));
    }
    return value;
  }

  private static int port(Map<String, String> variables, List<String> problems) {
    var text = variables.getOrDefault(HTTP_PORT, Integer.toString(WorkerPod.DEFAULT_HTTP_PORT));
    try {
      int port = Integer.parseInt(text.strip());
      if (port >= 0 && port <= LAST_PORT) {
        return port;
      }
    } catch (NumberFormatException _) {
      // The problem is the same.
    }
    problems.add("%s is '%s'; use 0 to %d".formatted(HTTP_PORT, text, LAST_PORT));
    return 0;
  }
}
