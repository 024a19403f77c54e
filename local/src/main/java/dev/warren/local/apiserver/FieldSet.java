package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The fields of a document that a manager set, in the form that `managedFields` holds them
/// (`FieldsV1`): `f:<name>` for a field, `k:<keys as JSON>` for an item of a keyed list, `v:<JSON>`
/// for a member of a set, `.` for the item itself; a leaf is an empty object. Pure.
final class FieldSet {
  private static final String ITEM = ".";

  private FieldSet() {}

  /// The fields that a document names.
  static ObjectNode of(ObjectNode document, Shape shape) {
    var fields = Json.object();
    for (var entry : document.properties()) {
      fields.set("f:" + entry.getKey(), ofValue(entry.getValue(), shape.field(entry.getKey())));
    }
    return fields;
  }

  private static ObjectNode ofValue(JsonNode value, Shape shape) {
    return switch (value) {
      case ObjectNode object -> of(object, shape);
      case ArrayNode array -> ofList(array, shape);
      default -> Json.object();
    };
  }

  private static ObjectNode ofList(ArrayNode list, Shape shape) {
    var fields = Json.object();
    for (var item : list) {
      switch (shape.list()) {
        case Shape.ListKind.Atomic _ -> {}
        case Shape.ListKind.Values _ -> fields.putObject("v:" + item);
        case Shape.ListKind.Keyed keyed ->
            fields.set(itemKey(item, keyed), ofItem(item, shape.item()));
      }
    }
    return fields;
  }

  private static ObjectNode ofItem(JsonNode item, Shape shape) {
    var fields = ofValue(item, shape);
    fields.putObject(ITEM);
    return fields;
  }

  private static String itemKey(JsonNode item, Shape.ListKind.Keyed keyed) {
    var key = Json.object();
    key.setAll(Merge.key(item, keyed.keys()));
    return "k:" + key;
  }

  /// All fields of both.
  static ObjectNode union(ObjectNode first, ObjectNode second) {
    return Merge.merge(first, second, new Shape.Plain());
  }

  /// Takes out of a document what was set before and is not to be kept; a parent that becomes empty
  /// goes too.
  static ObjectNode without(ObjectNode document, ObjectNode before, JsonNode keep, Shape shape) {
    var rest = document.deepCopy();
    for (var entry : before.properties()) {
      var name = entry.getKey().substring(2);
      if (rest.has(name)) {
        var fields = (ObjectNode) entry.getValue();
        dropField(rest, name, fields, keep.path(entry.getKey()), shape.field(name));
      }
    }
    return rest;
  }

  private static void dropField(
      ObjectNode parent, String name, ObjectNode before, JsonNode keep, Shape shape) {
    var value = parent.get(name);
    if (before.isEmpty()) {
      if (keep.isMissingNode()) {
        parent.remove(name);
      }
      return;
    }
    var rest = withoutIn(value, before, keep, shape);
    if (rest.isEmpty() && keep.isMissingNode()) {
      parent.remove(name);
    } else {
      parent.set(name, rest);
    }
  }

  private static JsonNode withoutIn(JsonNode value, ObjectNode before, JsonNode keep, Shape shape) {
    return switch (value) {
      case ObjectNode object -> without(object, before, keep, shape);
      case ArrayNode list -> withoutItems(list.deepCopy(), before, keep, shape);
      default -> value;
    };
  }

  private static ArrayNode withoutItems(
      ArrayNode list, ObjectNode before, JsonNode keep, Shape shape) {
    for (var entry : before.properties()) {
      var index = indexOf(list, entry.getKey(), shape);
      if (index >= 0) {
        dropItem(list, index, entry, keep.path(entry.getKey()), shape.item());
      }
    }
    return list;
  }

  private static void dropItem(
      ArrayNode list, int index, Map.Entry<String, JsonNode> before, JsonNode keep, Shape shape) {
    if (keep.isMissingNode()) {
      list.remove(index);
    } else if (list.get(index) instanceof ObjectNode item) {
      var fields = ((ObjectNode) before.getValue()).deepCopy().without(ITEM);
      list.set(index, without(item, (ObjectNode) fields, keep, shape));
    }
  }

  private static int indexOf(ArrayNode list, String member, Shape shape) {
    var value = Json.read(member.substring(2).getBytes(StandardCharsets.UTF_8));
    return switch (shape.list()) {
      case Shape.ListKind.Atomic _ -> -1;
      case Shape.ListKind.Values _ -> indexOfValue(list, value);
      case Shape.ListKind.Keyed keyed ->
          Merge.indexOf(list, Merge.key(value, keyed.keys()), keyed.keys());
    };
  }

  private static int indexOfValue(ArrayNode list, JsonNode value) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).equals(value)) {
        return i;
      }
    }
    return -1;
  }
}
