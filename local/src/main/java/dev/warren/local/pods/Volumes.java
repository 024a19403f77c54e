package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// The volumes of one pod on disk. Each is a symbolic link to the directory with its present
/// content, so that a change replaces all files at once. Used by the pod's own thread only.
final class Volumes {
  private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final PodPlace place;
  private final Map<String, Map<String, byte[]>> written = new HashMap<>();

  Volumes(PodPlace place) {
    this.place = place;
  }

  /// Brings the disk up to date.
  ///
  /// @throws Blocker see {@link VolumeContents}
  void refresh(Pod pod, ConfigSource source) throws IOException {
    var contents = VolumeContents.of(pod, source);
    Files.createDirectories(place.volumes(), PRIVATE);
    for (var volume : pod.getSpec().getVolumes()) {
      if (!contents.containsKey(volume.getName())) {
        Files.createDirectories(place.volume(volume.getName()), PRIVATE);
      }
    }
    for (var entry : contents.entrySet()) {
      if (!isWritten(entry.getKey(), entry.getValue())) {
        replace(entry.getKey(), entry.getValue());
      }
    }
  }

  private boolean isWritten(String volume, Map<String, byte[]> files) {
    var before = written.get(volume);
    return before != null
        && before.keySet().equals(files.keySet())
        && files.entrySet().stream()
            .allMatch(file -> Arrays.equals(file.getValue(), before.get(file.getKey())));
  }

  private void replace(String volume, Map<String, byte[]> files) throws IOException {
    var parent = place.volumes();
    var content = Files.createTempDirectory(parent, ".%s.".formatted(volume), PRIVATE);
    for (var file : files.entrySet()) {
      var path = content.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
    swap(place.volume(volume), content);
    written.put(volume, Map.copyOf(files));
  }

  /// Renaming over the old link is atomic; the old content goes once nothing points to it.
  private static void swap(Path link, Path content) throws IOException {
    var next = content.resolveSibling(content.getFileName() + ".link");
    var before = Files.isSymbolicLink(link) ? Files.readSymbolicLink(link) : null;
    Files.createSymbolicLink(next, content);
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    if (before != null) {
      Directories.delete(before);
    }
  }
}
