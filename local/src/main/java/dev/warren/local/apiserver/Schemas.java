package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Prunes and defaults a custom resource by its structural schema (`openAPIV3Schema`), as the real
/// server does before it validates. Pure.
final class Schemas {
  private static final String PRESERVE = "x-kubernetes-preserve-unknown-fields";

  private Schemas() {}

  /// Removes the fields that the schema does not know, and nulls that it does not allow.
  ///
  /// @param document changed in place; `apiVersion`, `kind` and `metadata` stay
  /// @return paths of the unknown fields
  static List<String> prune(ObjectNode document, JsonNode schema) {
    var unknown = new ArrayList<String>();
    for (var name : names(document)) {
      if (!isEnvelope(name)) {
        pruneField(document, name, schema, "", unknown);
      }
    }
    return unknown;
  }

  /// Sets what is missing and has a default, in place; a default within an object needs the object.
  static void setDefaults(ObjectNode document, JsonNode schema) {
    for (var property : schema.path("properties").properties()) {
      if (!document.has(property.getKey()) && property.getValue().has("default")) {
        document.set(property.getKey(), property.getValue().get("default").deepCopy());
      }
    }
    document.forEachEntry(
        (name, value) -> fieldSchema(schema, name).ifPresent(field -> defaultsIn(value, field)));
  }

  private static void defaultsIn(JsonNode value, JsonNode schema) {
    if (value instanceof ObjectNode object) {
      setDefaults(object, schema);
    } else {
      value.forEach(item -> defaultsIn(item, schema.path("items")));
    }
  }

  private static void pruneIn(JsonNode value, JsonNode schema, String path, List<String> unknown) {
    if (value instanceof ObjectNode object) {
      names(object).forEach(name -> pruneField(object, name, schema, path + ".", unknown));
    }
    for (int i = 0; value.isArray() && i < value.size(); i++) {
      pruneIn(value.get(i), schema.path("items"), "%s[%d]".formatted(path, i), unknown);
    }
  }

  private static void pruneField(
      ObjectNode object, String name, JsonNode schema, String prefix, List<String> unknown) {
    if (schema.path("x-kubernetes-embedded-resource").asBoolean() && isEnvelope(name)) {
      return;
    }
    var field = fieldSchema(schema, name);
    if (field.isPresent() && object.path(name).isNull() && !isNullable(field.get())) {
      object.remove(name);
    } else if (field.isPresent()) {
      pruneIn(object.path(name), field.get(), prefix + name, unknown);
    } else if (!schema.path(PRESERVE).asBoolean()) {
      object.remove(name);
      unknown.add(prefix + name);
    }
  }

  /// The schema of a field; empty if the field is unknown.
  static Optional<JsonNode> fieldSchema(JsonNode schema, String name) {
    var property = schema.path("properties").path(name);
    var field = property.isMissingNode() ? schema.path("additionalProperties") : property;
    return Optional.of(field).filter(JsonNode::isObject);
  }

  static boolean isNullable(JsonNode schema) {
    return schema.path("nullable").asBoolean();
  }

  private static boolean isEnvelope(String name) {
    return name.equals("apiVersion") || name.equals("kind") || name.equals("metadata");
  }

  private static List<String> names(ObjectNode object) {
    var names = new ArrayList<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
