package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Function;

/// A column of the table that `kubectl get` prints.
///
/// @param type of OpenAPI; a `date` is shown as the time since then
/// @param priority 0 to always show it, more for `-o wide`
/// @param cell what to show for a document, empty for nothing
record Column(String name, String type, int priority, Function<JsonNode, String> cell) {
  static final Column NAME = at("Name", "string", 0, ".metadata.name");
  static final Column AGE = at("Age", "date", 0, ".metadata.creationTimestamp");

  /// A column that shows the value at a {@link JsonPath}.
  static Column at(String name, String type, int priority, String path) {
    return new Column(name, type, priority, document -> text(JsonPath.get(document, path)));
  }

  static Column of(String name, Function<JsonNode, String> cell) {
    return new Column(name, "string", 0, cell);
  }

  private static String text(JsonNode value) {
    return value.isValueNode() && !value.isNull()
        ? value.asText()
        : value.isContainerNode() ? value.toString() : "";
  }
}
