package dev.warren.operator.chart;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a pod told at `/metrics`, in Prometheus' text format.
///
/// @param file its name in `charts/tests/metrics`
record RecordedMetrics(String file) {
  private static final Path DIRECTORY = Path.of("..", "charts", "tests", "metrics");

  private static final Pattern SAMPLE =
      Pattern.compile("^(\\w+)(?:\\{(.*)})? (\\S+)$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern CUMULATIVE = Pattern.compile(".*_(total|bucket|sum|count)");

  /// A series of ten minutes for promtool from each sample. What accumulates began at 0 and grows
  /// in each minute by what was recorded; all else stays.
  ///
  /// @param added labels that Prometheus adds when it reads the pod; one of the sample's stays
  Stream<String> series(Map<String, String> added) {
    return SAMPLE.matcher(text()).results().map(sample -> series(sample, added));
  }

  private static String series(MatchResult sample, Map<String, String> added) {
    var labels = new TreeMap<>(added);
    LABEL
        .matcher(Objects.requireNonNullElse(sample.group(2), ""))
        .results()
        .forEach(it -> labels.put(it.group(1), it.group(2)));
    var all =
        labels.entrySet().stream()
            .map(it -> "%s=\"%s\"".formatted(it.getKey(), it.getValue()))
            .collect(joining(","));
    var values = CUMULATIVE.matcher(sample.group(1)).matches() ? "0+%sx10" : "%s+0x10";
    return "{series: '%s{%s}', values: %s}"
        .formatted(sample.group(1), all, values.formatted(sample.group(3)));
  }

  private String text() {
    try {
      return Files.readString(DIRECTORY.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
