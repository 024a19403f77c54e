package dev.warren.operator.taskworker;

import static java.util.stream.Collectors.joining;

import dev.warren.crds.TaskWorker;
import dev.warren.model.WorkerConfiguration;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;

/// The ConfigMap that tells pods of the shared runtime what to do. Pure.
final class DesiredConfiguration {
  /// The one entry, a file in the format of {@link java.util.Properties}.
  static final String FILE = "worker.properties";

  private DesiredConfiguration() {}

  static ConfigMap configMap(
      TaskWorker owner, WorkerSettings settings, WorkerConfiguration configuration) {
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(settings.configMap())
        .withNamespace(settings.namespace())
        .withLabels(Labels.ofWorker(settings.name()))
        .withOwnerReferences(ServerSideApply.ownerReference(owner))
        .endMetadata()
        .withData(Map.of(FILE, properties(configuration)))
        .build();
  }

  /// Sorted and without a date, so that equal settings make equal files.
  static String properties(WorkerConfiguration configuration) {
    return configuration.toSettings().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + escape(entry.getValue()) + "\n")
        .collect(joining());
  }

  private static String escape(String value) {
    var escaped =
        value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    return escaped.startsWith(" ") ? "\\" + escaped : escaped;
  }
}
