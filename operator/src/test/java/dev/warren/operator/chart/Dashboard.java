package dev.warren.operator.chart;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// A dashboard of the chart.
///
/// @param file its name in {@link #DIRECTORY}
record Dashboard(String file, JsonNode json) {
  static final Path DIRECTORY = Chart.DIRECTORY.resolve("files").resolve("dashboards");

  private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
  private static final Pattern LABEL_OF_LEGEND = Pattern.compile("\\{\\{(\\w+)}}");

  /// What a dashboard asks Prometheus, with values for its variables.
  ///
  /// @param of who asks
  /// @param labels what a result must have to be shown
  record Query(String of, String expression, List<String> labels) {
    /// Copies its labels, and has any value that is not empty for each variable.
    Query {
      expression = expression.replace("$__rate_interval", "5m").replaceAll("\\$[a-z]+", ".+");
      labels = List.copyOf(labels);
    }

    /// PromQL that finds something if, and only if, the query finds no number with all labels.
    String absence() {
      var withoutLabel =
          labels.stream().map(" unless on (%s) vector(1)"::formatted).collect(joining());
      return "absent((%s) > -Inf%s)".formatted(expression, withoutLabel);
    }
  }

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

  /// Those of its variables, then those of its panels.
  Stream<Query> queries() {
    return Stream.concat(
        elements(json.at("/templating/list"))
            .filter(it -> it.path("type").asText().equals("query"))
            .map(this::ofVariable),
        json.findParents("targets").stream()
            .flatMap(
                panel -> elements(panel.path("targets")).map(target -> ofPanel(panel, target))));
  }

  /// Grafana's `label_values` is no PromQL.
  private Query ofVariable(JsonNode variable) {
    var query = LABEL_VALUES.matcher(variable.at("/query/query").asText());
    var name = "%s, variable %s".formatted(title(), variable.path("name").asText());
    if (!query.matches()) {
      throw new IllegalArgumentException(name + ": not label_values(SERIES, LABEL)");
    }
    return new Query(
        name,
        "count by (%s) (%s)".formatted(query.group(2), query.group(1)),
        List.of(query.group(2)));
  }

  private Query ofPanel(JsonNode panel, JsonNode target) {
    var labels = LABEL_OF_LEGEND.matcher(target.path("legendFormat").asText()).results();
    return new Query(
        "%s, panel %s, query %s"
            .formatted(title(), panel.path("title"), target.path("refId").asText()),
        target.path("expr").asText(),
        labels.map(it -> it.group(1)).toList());
  }

  private String title() {
    return json.path("title").asText();
  }

  private static Stream<JsonNode> elements(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
