package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Merges a partial document into a whole one. One function serves JSON merge patch (RFC 7386),
/// strategic merge patch and server-side apply: they differ in the {@link Shape} alone. Pure; the
/// result shares no node with the target that a later change of it could reach.
///
/// A null deletes a field. Of the strategic directives, `$patch: delete` and `$patch: replace` are
/// obeyed, and the others, which only order or tidy, are dropped.
final class Merge {
  private static final String PATCH = "$patch";
  private static final String DELETE_PRIMITIVES = "$deleteFromPrimitiveList/";

  private Merge() {}

  static ObjectNode merge(ObjectNode target, ObjectNode patch, Shape shape) {
    var directive = patch.path(PATCH).asText();
    if (directive.equals("delete")) {
      return Json.object();
    }
    var merged = directive.equals("replace") ? Json.object() : target.deepCopy();
    for (var entry : patch.properties()) {
      mergeField(merged, entry, shape);
    }
    return merged;
  }

  private static void mergeField(
      ObjectNode merged, Map.Entry<String, JsonNode> entry, Shape shape) {
    var name = entry.getKey();
    var value = entry.getValue();
    if (name.startsWith(DELETE_PRIMITIVES)) {
      subtract(merged.path(name.substring(DELETE_PRIMITIVES.length())), value);
    } else if (name.startsWith("$")) {
      return;
    } else if (value.isNull()) {
      merged.remove(name);
    } else {
      merged.set(name, mergeValue(merged.path(name), value, shape.field(name)));
    }
  }

  private static void subtract(JsonNode list, JsonNode values) {
    if (list instanceof ArrayNode array) {
      array.removeIf(item -> contains(values, item));
    }
  }

  private static JsonNode mergeValue(JsonNode target, JsonNode patch, Shape shape) {
    return switch (patch) {
      case ObjectNode object ->
          merge(target instanceof ObjectNode live ? live : Json.object(), object, shape);
      case ArrayNode array -> mergeList(target, array, shape);
      default -> patch;
    };
  }

  private static ArrayNode mergeList(JsonNode target, ArrayNode patch, Shape shape) {
    var live =
        target instanceof ArrayNode array ? array.deepCopy() : JsonNodeFactory.instance.arrayNode();
    return switch (shape.list()) {
      case Shape.ListKind.Atomic _ -> patch.deepCopy();
      case Shape.ListKind.Values _ -> union(live, patch);
      case Shape.ListKind.Keyed keyed -> mergeItems(live, patch, keyed.keys(), shape.item());
    };
  }

  private static ArrayNode union(ArrayNode live, ArrayNode patch) {
    for (var value : patch) {
      if (!contains(live, value)) {
        live.add(value);
      }
    }
    return live;
  }

  private static ArrayNode mergeItems(
      ArrayNode live, ArrayNode patch, List<String> keys, Shape shape) {
    for (var item : patch) {
      if (item.path(PATCH).asText().equals("replace")) {
        live.removeAll();
      } else if (item instanceof ObjectNode object) {
        mergeItem(live, object, keys, shape);
      }
    }
    return live;
  }

  private static void mergeItem(ArrayNode live, ObjectNode patch, List<String> keys, Shape shape) {
    var index = indexOf(live, key(patch, keys), keys);
    if (patch.path(PATCH).asText().equals("delete")) {
      if (index >= 0) {
        live.remove(index);
      }
    } else if (index >= 0) {
      live.set(index, merge((ObjectNode) live.get(index), patch, shape));
    } else {
      live.add(merge(Json.object(), patch, shape));
    }
  }

  /// The values that tell an item from others; null for one that is no object.
  static Map<String, JsonNode> key(JsonNode item, List<String> keys) {
    var key = new TreeMap<String, JsonNode>();
    keys.stream().filter(item::has).forEach(name -> key.put(name, item.get(name)));
    return key;
  }

  static int indexOf(ArrayNode list, Map<String, JsonNode> key, List<String> keys) {
    for (int i = 0; i < list.size(); i++) {
      if (key(list.get(i), keys).equals(key)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean contains(JsonNode list, JsonNode value) {
    for (var item : list) {
      if (Objects.equals(item, value)) {
        return true;
      }
    }
    return false;
  }
}
