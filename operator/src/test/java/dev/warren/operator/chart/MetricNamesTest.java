package dev.warren.operator.chart;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Holds alerts and dashboards against the metrics that operator and workers tell, by the names in
/// their sources: a metric that is renamed there must be renamed here.
class MetricNamesTest {
  /// Maven runs tests in the directory of their module.
  private static final Path OPERATOR = Path.of("src", "main", "java", "dev", "warren", "operator");

  private static final Path WORKER = Path.of("..", "worker-runtime", "src", "main", "java");
  private static final Path GUIDE = Path.of("..", "docs", "operations-guide.md");

  private static final Pattern METRIC =
      Pattern.compile("\\b(?:warren|tasks?|operator_sdk)_[a-z_]+");
  private static final Pattern LITERAL = Pattern.compile("\"([a-z][a-z._]*)\"");
  private static final Pattern OF_RESOURCE =
      Pattern.compile("warren_(taskbroker|taskqueue|taskworker)_(.+)");
  private static final Pattern ENDING = Pattern.compile("(_seconds)?(_bucket|_total)?$");

  @Test
  void alertsAskForMetricsThatThereAre() {
    var expressions =
        Chart.yaml(Chart.DIRECTORY.resolve("files/alerts.yaml")).findValuesAsText("expr");

    assertThat(metrics(expressions.stream())).isNotEmpty().filteredOn(it -> !isTold(it)).isEmpty();
  }

  @Test
  void dashboardsAskForMetricsThatThereAre() {
    var asked = Dashboard.all().flatMap(Dashboard::queries).map(Dashboard.Query::expression);

    assertThat(metrics(asked)).isNotEmpty().filteredOn(it -> !isTold(it)).isEmpty();
  }

  private static Set<String> metrics(Stream<String> expressions) {
    return expressions
        .flatMap(it -> METRIC.matcher(it).results())
        .map(MatchResult::group)
        .collect(toSet());
  }

  private static boolean isTold(String metric) {
    var ofResource = OF_RESOURCE.matcher(metric);
    if (ofResource.matches()) {
      return Stream.of(ofResource.group(1), "resource")
          .anyMatch(it -> literals(OPERATOR.resolve(it)).contains(ofResource.group(2)));
    }
    if (metric.startsWith("operator_sdk_")) {
      return isDocumented(metric);
    }
    var base = ENDING.matcher(metric).replaceFirst("");
    return Stream.of(OPERATOR, WORKER).anyMatch(it -> literals(it).contains(base));
  }

  /// What the framework tells: its names are in the guide, where `…` is what the name before begins
  /// with.
  private static boolean isDocumented(String metric) {
    return Pattern.compile("`(…?)([a-z_]+)(?:<controller>|\\{[a-z,]+})?`")
        .matcher(read(GUIDE))
        .results()
        .anyMatch(
            it ->
                it.group(1).isEmpty()
                    ? metric.startsWith(it.group(2))
                    : metric.contains(it.group(2)));
  }

  private static Set<String> literals(Path sources) {
    try (var files = Files.walk(sources)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .flatMap(file -> LITERAL.matcher(read(file)).results())
          .map(literal -> literal.group(1).replace('.', '_'))
          .collect(toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
