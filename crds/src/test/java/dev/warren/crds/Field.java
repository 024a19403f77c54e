package dev.warren.crds;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;

/// A place in a schema.
///
/// @param parent path of that which it belongs to
/// @param path from the resource's root, which is empty; `[]` stands for the items of a list and
///   `{}` for the values of a map, as in `spec.errors[].message`
/// @param required whether it must be set where that which it belongs to is
record Field(String parent, String path, JsonNode schema, boolean required) {
  /// A schema and all that is below it, each place before those below it.
  static List<Field> all(JsonNode schema) {
    return new Field("", "", schema, true).andBelow().toList();
  }

  /// Whether it has a name of its own, as items and values have not.
  boolean isNamed() {
    return !path.isEmpty() && !path.endsWith("[]") && !path.endsWith("{}");
  }

  String text(String key) {
    return schema.path(key).asText();
  }

  List<JsonNode> rules() {
    return schema.path("x-kubernetes-validations").valueStream().toList();
  }

  private Stream<Field> andBelow() {
    var properties =
        schema.path("properties").propertyStream().map(p -> property(p.getKey(), p.getValue()));
    var items = unnamed("items", "[]");
    var values = unnamed("additionalProperties", "{}");
    return Stream.concat(
        Stream.of(this),
        Stream.of(properties, items, values).flatMap(below -> below).flatMap(Field::andBelow));
  }

  private Field property(String name, JsonNode property) {
    return new Field(
        path,
        path.isEmpty() ? name : path + "." + name,
        property,
        schema.path("required").valueStream().anyMatch(it -> it.asText().equals(name)));
  }

  private Stream<Field> unnamed(String key, String suffix) {
    return schema.has(key)
        ? Stream.of(new Field(path, path + suffix, schema.get(key), false))
        : Stream.empty();
  }
}
