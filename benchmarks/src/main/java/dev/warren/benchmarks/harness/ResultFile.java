package dev.warren.benchmarks.harness;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/// The raw results of a run: one JSON object for each measurement, one to a line. For one thread.
///
/// @param path where it is
public record ResultFile(Path path) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter FILE_NAME =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

  /// A new one, named after the measurement and the time.
  public static ResultFile create(Path directory, String measurement) throws IOException {
    Files.createDirectories(directory);
    var name = "%s-%s.jsonl".formatted(measurement, FILE_NAME.format(Instant.now()));
    return new ResultFile(directory.resolve(name));
  }

  /// Adds a measurement that has just ended, with what can be said of any: when, and how busy the
  /// machine was.
  ///
  /// @param brokerVersion of the broker it was measured with
  public void append(String brokerVersion, SequencedMap<String, Object> figures)
      throws IOException {
    var line = new LinkedHashMap<String, Object>();
    line.put("time", Instant.now().toString());
    line.put("broker", brokerVersion);
    line.put("java", Runtime.version().toString());
    line.putAll(figures);
    line.put("load_average", loadAverage());
    Files.writeString(
        path,
        JSON.writeValueAsString(line) + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  /// Of the last minute; negative where the system has none.
  public static double loadAverage() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}
