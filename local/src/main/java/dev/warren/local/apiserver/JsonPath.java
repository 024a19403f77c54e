package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// The simple JSON paths of printer columns and scale subresources, such as `.spec.replicas` and
/// `.status.conditions[?(@.type=="Ready")].status`. Pure.
final class JsonPath {
  private static final Pattern STEP =
      Pattern.compile(
          """
          \\.?(?<field>(?:[^.\\[\\\\]|\\\\.)+)\
          |\\[(?<index>\\d+)]\
          |\\['(?<quoted>[^']+)']\
          |\\[\\?\\(@\\.(?<key>[^=!\\s]+)\\s*==\\s*["'](?<value>[^"']*)["']\\)]""");

  private JsonPath() {}

  /// The value at the path; missing if there is none.
  static JsonNode get(JsonNode document, String path) {
    var node = document;
    var steps = STEP.matcher(path);
    while (steps.find()) {
      if (steps.group("field") != null) {
        node = node.path(unescaped(steps.group("field")));
      } else if (steps.group("quoted") != null) {
        node = node.path(steps.group("quoted"));
      } else if (steps.group("index") != null) {
        node = node.path(Integer.parseInt(steps.group("index")));
      } else {
        node = first(node, steps.group("key"), steps.group("value"));
      }
    }
    return node;
  }

  /// Sets a field, in place, and the objects on the way to it.
  static void set(ObjectNode document, String path, JsonNode value) {
    var fields = fields(path);
    var parent = document;
    for (var field : fields.subList(0, fields.size() - 1)) {
      parent = parent.withObjectProperty(field);
    }
    parent.set(fields.getLast(), value);
  }

  private static List<String> fields(String path) {
    var fields = new ArrayList<String>();
    STEP.matcher(path).results().map(step -> unescaped(step.group("field"))).forEach(fields::add);
    return fields;
  }

  private static JsonNode first(JsonNode list, String key, String value) {
    for (var item : list) {
      if (get(item, key).asText().equals(value)) {
        return item;
      }
    }
    return MissingNode.getInstance();
  }

  private static String unescaped(String field) {
    return field.replace("\\", "");
  }
}
