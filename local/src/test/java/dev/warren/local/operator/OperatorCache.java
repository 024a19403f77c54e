package dev.warren.local.operator;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// What lets an operator start in half the time, and there are hundreds of starts: the JVM's cache
/// of what one of them has loaded and linked. The first start after a build makes it, for the tests
/// of all processes. Safe for all threads.
final class OperatorCache {
  private static final Path FILE = Path.of("target", "operator.aot");

  private OperatorCache() {}

  /// Runs an operator with this option of its JVM, until it is ready, and ends it well.
  interface Training {
    void run(String option) throws IOException;
  }

  /// The option by which an operator uses the cache.
  ///
  /// @param jar of the operator; a cache that is older is none
  static synchronized String option(Path jar, Training training) throws IOException {
    if (!isFresh(jar)) {
      try (var lock =
          FileChannel.open(
              FILE.resolveSibling("operator.aot.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        lock.lock();
        if (!isFresh(jar)) {
          var made = FILE.resolveSibling("operator.aot.next");
          training.run("-XX:AOTCacheOutput=" + made);
          Files.move(made, FILE, StandardCopyOption.ATOMIC_MOVE);
        }
      }
    }
    return "-XX:AOTCache=" + FILE;
  }

  private static boolean isFresh(Path jar) throws IOException {
    return Files.exists(FILE)
        && Files.getLastModifiedTime(FILE).compareTo(Files.getLastModifiedTime(jar)) > 0;
  }
}
