package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;

/// Renders documents as `meta.k8s.io/v1 Table`, which is what `kubectl get` asks for. Pure.
final class Tables {
  private Tables() {}

  /// @param listMetadata empty for a single document or a watch event
  static ObjectNode table(
      ResourceType type, List<? extends JsonNode> documents, JsonNode listMetadata, Instant now) {
    var table = Json.object("meta.k8s.io/v1", "Table");
    table.set("metadata", listMetadata);
    var definitions = table.putArray("columnDefinitions");
    for (var column : type.columns()) {
      definitions
          .addObject()
          .put("name", column.name())
          .put("type", column.type().equals("date") ? "string" : column.type())
          .put("format", column.name().equals("Name") ? "name" : "")
          .put("description", column.name())
          .put("priority", column.priority());
    }
    var rows = table.putArray("rows");
    documents.forEach(document -> rows.add(row(type, document, now)));
    return table;
  }

  private static ObjectNode row(ResourceType type, JsonNode document, Instant now) {
    var row = Json.object();
    var cells = row.putArray("cells");
    for (var column : type.columns()) {
      var text = column.cell().apply(document);
      if (text.isEmpty()) {
        cells.addNull();
      } else {
        cells.add(column.type().equals("date") ? age(text, now) : text);
      }
    }
    var partial = row.putObject("object");
    partial.put("apiVersion", "meta.k8s.io/v1").put("kind", "PartialObjectMetadata");
    partial.set("metadata", document.get("metadata"));
    return row;
  }

  /// The time since an instant, in the one or two largest units, as `kubectl` words it.
  static String age(String timestamp, Instant now) {
    try {
      return age(Duration.between(OffsetDateTime.parse(timestamp).toInstant(), now));
    } catch (DateTimeException _) {
      return "<invalid>";
    }
  }

  private static String age(Duration age) {
    var seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + "s";
    }
    if (seconds < 600) {
      return pair(seconds / 60, "m", seconds % 60, "s");
    }
    if (seconds < 3 * 3_600) {
      return seconds / 60 + "m";
    }
    if (seconds < 8 * 3_600) {
      return pair(seconds / 3_600, "h", seconds / 60 % 60, "m");
    }
    return seconds < 48 * 3_600 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
  }

  private static String pair(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + small + smallUnit;
  }
}
