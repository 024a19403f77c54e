package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Pods and their surroundings without a server.
final class TestPods {
  private TestPods() {}

  /// A pod with one container, whose fields are given in YAML, each on a line of its own.
  static Pod pod(String container) {
    var yaml =
        """
        metadata:
          name: p
          namespace: ns
          uid: u-1
          labels: {app: demo}
        spec:
          serviceAccountName: robot
          containers:
            - name: main
              image: tool
        """
            + container.indent(6);
    return Serialization.unmarshal(yaml, Pod.class);
  }

  static PodPlace place(Pod pod) {
    return new PodPlace(Path.of("/platform"), pod, "127.9.9.9", Path.of("/platform/kubeconfig"));
  }

  /// ConfigMaps and Secrets in memory, by `name/key`.
  record Source(Map<String, String> configMaps, Map<String, String> secrets)
      implements ConfigSource {
    @Override
    public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
      return entries(configMaps, name);
    }

    @Override
    public Optional<Map<String, byte[]>> secret(String namespace, String name) {
      return entries(secrets, name);
    }

    private static Optional<Map<String, byte[]>> entries(Map<String, String> all, String name) {
      var entries = new HashMap<String, byte[]>();
      all.forEach(
          (key, value) -> {
            if (key.startsWith(name + "/")) {
              entries.put(key.substring(name.length() + 1), value.getBytes(StandardCharsets.UTF_8));
            }
          });
      return entries.isEmpty() ? Optional.empty() : Optional.of(entries);
    }
  }
}
