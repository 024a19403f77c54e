package dev.warren.operator.taskworker;

import static java.util.stream.Collectors.joining;

import dev.warren.crds.TaskWorker;
import dev.warren.model.WorkerConfiguration;
import dev.warren.operator.resource.Labels;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The ConfigMap that tells pods of the shared runtime what to do. Pure.
final class DesiredConfiguration {
  /// The one entry, a file in the format of {@link java.util.Properties}.
  static final String FILE = "worker.properties";

  /// When its entries last changed: pods read them some time later.
  private static final String CHANGED_AT = "warren.dev/changed-at";

  private DesiredConfiguration() {}

  /// @param found what is there
  static ConfigMap configMap(
      TaskWorker owner,
      WorkerSettings settings,
      WorkerConfiguration configuration,
      Optional<ConfigMap> found,
      Instant now) {
    var data = Map.of(FILE, properties(configuration.toSettings()));
    var changedAt =
        found.filter(same -> data.equals(same.getData())).map(same -> changedAt(same)).orElse(now);
    return new ConfigMapBuilder()
        .withNewMetadata()
        .withName(settings.configMap())
        .withNamespace(settings.namespace())
        .withLabels(Labels.ofWorker(settings.name()))
        .withAnnotations(Map.of(CHANGED_AT, changedAt.toString()))
        .withOwnerReferences(ServerSideApply.ownerReference(owner))
        .endMetadata()
        .withData(data)
        .build();
  }

  /// When what it says was written; long ago if it does not tell.
  static Instant changedAt(ConfigMap configuration) {
    var annotations = configuration.getMetadata().getAnnotations();
    return annotations == null
        ? Instant.EPOCH
        : Instant.parse(annotations.getOrDefault(CHANGED_AT, Instant.EPOCH.toString()));
  }

  /// Sorted and without a date, so that equal settings make equal files.
  static String properties(Map<String, String> sorted) {
    return sorted.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + escape(entry.getValue()) + "\n")
        .collect(joining());
  }

  private static String escape(String value) {
    var escaped =
        value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t");
    return escaped.startsWith(" ") ? "\\" + escaped : escaped;
  }
}
