package dev.warren.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;

/// The raw results of a run: one JSON object for each drain, one to a line. For one thread.
///
/// @param path where it is
record ResultFile(Path path) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /// Adds a drain that has just ended.
  ///
  /// @param brokerVersion of the broker it was measured with
  void append(Drain drain, String brokerVersion) throws IOException {
    var line = new LinkedHashMap<String, Object>();
    line.put("time", Instant.now().toString());
    line.put("broker", brokerVersion);
    line.put("java", Runtime.version().toString());
    line.put("queue_type", drain.queueType().argument());
    line.put("contender", drain.contender().text());
    line.put("round", drain.round());
    line.put("warm_up", drain.round() == 0);
    line.put("messages", drain.messages());
    line.put("body_bytes", BenchmarkQueue.BODY_BYTES);
    line.put("prefetch", WorkerProcess.PREFETCH);
    line.put("duration_ms", drain.duration().toMillis());
    line.put("rate", Math.round(drain.rate()));
    line.put("load_average", loadAverage());
    Files.writeString(
        path,
        JSON.writeValueAsString(line) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /// Of the last minute; negative where the system has none.
  static double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
