package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.Container;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Rewrites the paths at which a container sees its volumes to where they really are. Pure.
///
/// @param paths real paths by path in the container, the longest first
record Mounts(List<Map.Entry<String, Path>> paths) {
  private static final Comparator<String> LONGEST_FIRST =
      Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());
  private static final String TERMINATION_LOG = "/dev/termination-log";

  static Mounts of(Container container, PodPlace place) {
    var paths = new TreeMap<String, Path>(LONGEST_FIRST);
    for (var mount : container.getVolumeMounts()) {
      var volume = place.volume(mount.getName());
      var subPath = Optional.ofNullable(mount.getSubPath()).orElse("");
      paths.put(mount.getMountPath(), volume.resolve(subPath));
    }
    var terminationLog =
        Optional.ofNullable(container.getTerminationMessagePath()).orElse(TERMINATION_LOG);
    paths.put(terminationLog, place.terminationLog());
    return new Mounts(List.copyOf(paths.entrySet()));
  }

  /// The text with the real path in place of a mount's at its beginning.
  String rewrite(String text) {
    for (var mount : paths) {
      var path = mount.getKey();
      if (text.equals(path) || text.startsWith(path + "/")) {
        return mount.getValue() + text.substring(path.length());
      }
    }
    return text;
  }
}
