package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What the volumes of a pod should hold. Pure but for what it reads from the {@link ConfigSource}.
final class VolumeContents {
  private VolumeContents() {}

  /// Files by path, for each volume that is made of a ConfigMap or a Secret; other volumes begin
  /// empty and belong to the pod.
  ///
  /// @throws Blocker if something that is not optional is missing, or a volume is of another kind
  static Map<String, Map<String, byte[]>> of(Pod pod, ConfigSource source) {
    var contents = new HashMap<String, Map<String, byte[]>>();
    for (var volume : pod.getSpec().getVolumes()) {
      files(volume, pod.getMetadata().getNamespace(), source)
          .ifPresent(files -> contents.put(volume.getName(), files));
    }
    return contents;
  }

  private static Optional<Map<String, byte[]>> files(
      Volume volume, String namespace, ConfigSource source) {
    var configMap = volume.getConfigMap();
    if (configMap != null) {
      var entries = source.configMap(namespace, configMap.getName());
      var found =
          Environment.found("configmap", configMap.getName(), entries, configMap.getOptional());
      return Optional.of(project(found, configMap.getItems()));
    }
    var secret = volume.getSecret();
    if (secret != null) {
      var entries = source.secret(namespace, secret.getSecretName());
      var found =
          Environment.found("secret", secret.getSecretName(), entries, secret.getOptional());
      return Optional.of(project(found, secret.getItems()));
    }
    if (volume.getEmptyDir() != null) {
      return Optional.empty();
    }
    throw Blocker.configuration(
        "volume %s: the local platform mounts configMap, secret and emptyDir only"
            .formatted(volume.getName()));
  }

  private static Map<String, byte[]> project(Map<String, byte[]> entries, List<KeyToPath> items) {
    if (items.isEmpty()) {
      return entries;
    }
    var files = new TreeMap<String, byte[]>();
    for (var item : items) {
      var value = entries.get(item.getKey());
      if (value != null) {
        files.put(item.getPath(), value);
      }
    }
    return files;
  }
}
