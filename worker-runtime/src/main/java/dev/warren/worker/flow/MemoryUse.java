package dev.warren.worker.flow;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// How much of its memory the pod uses: of the heap what the last collection left, or of the
/// container's limit, whichever is the larger share. For one thread.
final class MemoryUse {
  private static final Path CGROUP = Path.of("/sys/fs/cgroup");

  /// Pages of files that the kernel takes back when it needs them.
  private static final String RECLAIMABLE = "inactive_file ";

  private final Path directory;
  private final List<MemoryPoolMXBean> heap =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  MemoryUse() {
    this(CGROUP);
  }

  /// @param directory where the kernel tells of the container's memory
  MemoryUse(Path directory) {
    this.directory = directory;
  }

  /// The share in use, 0 to 1; 0 if nothing is known.
  double share() {
    return Math.max(heapShare(), containerShare());
  }

  double containerShare() {
    try {
      long limit = Long.parseLong(read("memory.max"));
      long used = Long.parseLong(read("memory.current"));
      return (double) (used - reclaimable()) / limit;
    } catch (IOException | NumberFormatException _) {
      return 0; // no limit, or none that is told
    }
  }

  private double heapShare() {
    return heap.stream()
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(usage -> usage != null && usage.getMax() > 0)
        .mapToDouble(usage -> (double) usage.getUsed() / usage.getMax())
        .max()
        .orElse(0);
  }

  private long reclaimable() throws IOException {
    try (var lines = Files.lines(directory.resolve("memory.stat"))) {
      return lines
          .filter(line -> line.startsWith(RECLAIMABLE))
          .mapToLong(line -> Long.parseLong(line.substring(RECLAIMABLE.length()).strip()))
          .findFirst()
          .orElse(0);
    }
  }

  private String read(String file) throws IOException {
    return Files.readString(directory.resolve(file)).strip();
  }
}
