package dev.warren.operator.chart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The chart, and what Helm makes of it.
final class Chart {
  /// Maven runs tests in the directory of their module.
  static final Path DIRECTORY = Path.of("..", "charts", "warren");

  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Chart() {}

  /// Helm, to be asked for the chart's objects in a release of usual names.
  static TemplateCommand template() {
    return helm().template().withName("warren").withNamespace("warren-system");
  }

  static Helm helm() {
    return new Helm(DIRECTORY);
  }

  /// The objects that these values make, in Helm's order.
  static List<JsonNode> objects(Path values) {
    return documents(template().withValuesFile(values).call()).toList();
  }

  static JsonNode yaml(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Paths of all that is no object with keys of its own, such as `broker.uri`.
  static Stream<String> leaves(JsonNode node) {
    return node.properties().stream()
        .flatMap(
            entry ->
                entry.getValue().isObject() && !entry.getValue().isEmpty()
                    ? leaves(entry.getValue()).map(path -> entry.getKey() + "." + path)
                    : Stream.of(entry.getKey()));
  }

  private static Stream<JsonNode> documents(String yaml) {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
      return documents.readAll().stream().filter(JsonNode::isObject);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
