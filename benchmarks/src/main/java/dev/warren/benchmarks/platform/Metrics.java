package dev.warren.benchmarks.platform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The samples of one metric, read from Prometheus' text format. Pure.
///
/// @param samples empty if there is no such metric, or nothing of it yet
public record Metrics(List<Sample> samples) {
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /// One figure.
  public record Sample(Map<String, String> labels, double value) {
    /// Copies them.
    public Sample {
      labels = Map.copyOf(labels);
    }

    public String label(String name) {
      return labels.getOrDefault(name, "");
    }
  }

  /// Copies them.
  public Metrics {
    samples = List.copyOf(samples);
  }

  public static Metrics parse(String text, String name) {
    return new Metrics(
        text.lines()
            .filter(line -> line.startsWith(name))
            .map(SAMPLE::matcher)
            .filter(matcher -> matcher.matches() && matcher.group(1).equals(name))
            .map(
                matcher ->
                    new Sample(labels(matcher.group(2)), Double.parseDouble(matcher.group(3))))
            .toList());
  }

  /// The sum of those that count.
  public long sum(Predicate<Sample> counts) {
    return Math.round(samples.stream().filter(counts).mapToDouble(Sample::value).sum());
  }

  private static Map<String, String> labels(@Nullable String text) {
    var labels = new HashMap<String, String>();
    if (text != null) {
      LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
    }
    return labels;
  }
}
