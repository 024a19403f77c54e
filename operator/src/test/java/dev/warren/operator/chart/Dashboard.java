package dev.warren.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A dashboard of the chart.
///
/// @param file its name in {@link #DIRECTORY}
record Dashboard(String file, JsonNode json) {
  static final Path DIRECTORY = Chart.DIRECTORY.resolve("files").resolve("dashboards");

  /// All of them, by name.
  static Stream<Dashboard> all() {
    try (var files = Files.list(DIRECTORY)) {
      return files.sorted().toList().stream()
          .map(file -> new Dashboard(String.valueOf(file.getFileName()), Chart.yaml(file)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String text() {
    try {
      return Files.readString(DIRECTORY.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What its panels ask Prometheus.
  Stream<String> expressions() {
    return json.findValuesAsText("expr").stream();
  }

  /// What its variables ask Prometheus, in Grafana's words.
  Stream<String> variables() {
    return elements(json.at("/templating/list")).map(it -> it.at("/query/query").asText());
  }

  /// A group of recording rules, in YAML: one for each expression, with values for its variables.
  String rules() {
    var rules = new StringBuilder("  - name: %s\n    rules:\n".formatted(file));
    for (var panel : json.path("panels")) {
      for (var target : panel.path("targets")) {
        rules.append(
            """
                  - record: dashboard
                    labels: {dashboard: "%s", panel: %s, query: %s}
                    expr: '%s'
            """
                .formatted(
                    json.path("title").asText(),
                    panel.path("title"),
                    target.path("refId"),
                    withValues(target.path("expr").asText())));
      }
    }
    return rules.toString();
  }

  private static String withValues(String expression) {
    return expression.replace("$__rate_interval", "5m").replaceAll("\\$[a-z]+", ".*");
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
