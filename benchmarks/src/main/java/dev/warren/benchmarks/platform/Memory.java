package dev.warren.benchmarks.platform;

import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.harness.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a process of the JVM occupies, in MiB.
///
/// @param heap used after a garbage collection
/// @param rss resident set, after it
/// @param peak the largest resident set so far
public record Memory(long heap, long rss, long peak) {
  private static final Pattern USED = Pattern.compile("total (?:reserved )?\\d+K.*?used (\\d+)K");
  private static final long KIB = 1_024;

  /// Collects garbage in a process, and looks.
  public static Memory of(long pid) throws IOException, InterruptedException {
    jcmd(pid, "GC.run");
    var heap = heapKib(jcmd(pid, "GC.heap_info"));
    var status = Files.readString(Path.of("/proc", Long.toString(pid), "status"));
    return new Memory(heap / KIB, kib(status, "VmRSS") / KIB, kib(status, "VmHWM") / KIB);
  }

  /// The sum over the generations; metaspace, which has no total, is no part of it.
  public static long heapKib(String heapInfo) {
    var used = USED.matcher(heapInfo).results().mapToLong(it -> Long.parseLong(it.group(1))).sum();
    if (used == 0) {
      throw new BenchmarkException("jcmd says nothing of the heap: " + heapInfo);
    }
    return used;
  }

  /// A figure of `/proc/<pid>/status`.
  public static long kib(String status, String name) {
    var found = Pattern.compile("(?m)^" + name + ":\\s+(\\d+) kB$").matcher(status);
    if (!found.find()) {
      throw new BenchmarkException("the kernel says nothing of %s".formatted(name));
    }
    return Long.parseLong(found.group(1));
  }

  private static String jcmd(long pid, String command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(ChildJvm.tool("jcmd").toString(), Long.toString(pid), command)
            .redirectErrorStream(true)
            .start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new BenchmarkException("jcmd %s failed: %s".formatted(command, output));
    }
    return output;
  }
}
