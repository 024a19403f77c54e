package dev.warren.benchmarks.worker;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A run's medians as Markdown: a table for each metric, a line for each row, a column for each
/// contestant. Pure.
///
/// @param measured what the run has measured
/// @param line what it comes to
record ResultTable(Measurements measured, ResultLine line) {
  /// All tables, and where Warren is weakest beside Spring AMQP tuned.
  String markdown() {
    var tables =
        Stream.of(Metric.values())
            .filter(metric -> !measured.rows(metric).isEmpty())
            .map(this::table)
            .collect(Collectors.joining("\n"));
    return tables + line.spring().map(ResultTable::weakest).orElse("");
  }

  private String table(Metric metric) {
    var contestants = measured.contestants(metric);
    var heading =
        contestants.stream()
            .map(Contestant::text)
            .collect(Collectors.joining(" | ", "| " + metric.title() + " | ", " |\n"));
    var rule = "|---|" + "--:|".repeat(contestants.size()) + "\n";
    return measured.rows(metric).stream()
        .map(row -> line(row, metric, contestants))
        .collect(Collectors.joining("", heading + rule, ""));
  }

  private String line(String row, Metric metric, List<Contestant> contestants) {
    return contestants.stream()
        .map(contestant -> cell(row, contestant, metric))
        .collect(Collectors.joining(" | ", "| " + row + " | ", " |\n"));
  }

  /// The median, and from what to what the rounds went.
  private String cell(String row, Contestant contestant, Metric metric) {
    var median = measured.median(row, contestant, metric);
    if (median.isEmpty()) {
      return "";
    }
    var range = measured.range(row, contestant, metric);
    return "%s (%s–%s)"
        .formatted(
            metric.format(median.getAsDouble()),
            metric.format(range.getFirst()),
            metric.format(range.getLast()));
  }

  private static String weakest(ResultLine.Advantage advantage) {
    return String.format(
        Locale.ROOT,
        "%nBeside Spring AMQP tuned, Warren is weakest in %s, %s: %.2f.%n",
        advantage.row(),
        advantage.metric().title(),
        advantage.ratio());
  }
}
