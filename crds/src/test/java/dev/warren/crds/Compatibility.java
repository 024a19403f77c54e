package dev.warren.crds;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds what in a schema breaks resources, and programs, that an older one was made for: what was
/// taken must still be taken, and mean the same. Pure.
final class Compatibility {
  private Compatibility() {}

  /// All that breaks. Each begins with the path, says what has changed, and what to do.
  static List<String> breaks(JsonNode before, JsonNode after) {
    var old = byPath(before);
    var now = byPath(after);
    var removed = old.values().stream().flatMap(field -> removed(field, now));
    var narrowed = old.values().stream().flatMap(field -> narrowed(field, now.get(field.path())));
    var demanded = now.values().stream().flatMap(field -> demanded(field, old));
    return Stream.of(removed, narrowed, demanded).flatMap(breaks -> breaks).toList();
  }

  private static Map<String, Field> byPath(JsonNode schema) {
    var fields = new LinkedHashMap<String, Field>();
    Field.all(schema).forEach(field -> fields.put(field.path(), field));
    return fields;
  }

  /// Nothing for what is below something that is removed itself.
  private static Stream<String> removed(Field old, Map<String, Field> now) {
    return !now.containsKey(old.path()) && now.containsKey(old.parent())
        ? Stream.of(old.path() + ": is gone; put it back")
        : Stream.empty();
  }

  private static Stream<String> demanded(Field now, Map<String, Field> old) {
    var before = old.get(now.path());
    var wasDemanded = before == null ? !old.containsKey(now.parent()) : before.required();
    return now.required() && !wasDemanded && !now.schema().has("default")
        ? Stream.of(now.path() + ": is required, was not; make it optional or give it a default")
        : Stream.empty();
  }

  private static Stream<String> narrowed(Field old, @Nullable Field now) {
    return now == null ? Stream.empty() : Stream.concat(changes(old, now), newRules(old, now));
  }

  private static Stream<String> changes(Field old, Field now) {
    var keywords = new TreeSet<String>();
    old.schema().fieldNames().forEachRemaining(keywords::add);
    now.schema().fieldNames().forEachRemaining(keywords::add);
    return keywords.stream()
        .filter(it -> isBroken(it, old.schema().path(it), now.schema().path(it)))
        .map(
            it ->
                "%s: %s is %s, was %s; put it back"
                    .formatted(old.path(), it, shown(now, it), shown(old, it)));
  }

  /// Whether a schema takes less, or something else, because a keyword of it is not what it was.
  private static boolean isBroken(String keyword, JsonNode old, JsonNode now) {
    return switch (keyword) {
      // Of no effect, or looked at one by one.
      case "description",
          "properties",
          "items",
          "additionalProperties",
          "required",
          "x-kubernetes-validations" ->
          false;
      case "minimum", "minLength", "minItems", "minProperties" ->
          now.isNumber() && (!old.isNumber() || compare(old, now) < 0);
      case "maximum", "maxLength", "maxItems", "maxProperties" ->
          now.isNumber() && (!old.isNumber() || compare(old, now) > 0);
      case "enum" -> now.isArray() && (!old.isArray() || !elements(now).containsAll(elements(old)));
      case "pattern" -> now.isTextual() && !now.equals(old);
      case "x-kubernetes-preserve-unknown-fields" -> old.asBoolean() && !now.asBoolean();
      // Such as type and default.
      default -> !now.equals(old);
    };
  }

  private static Stream<String> newRules(Field old, Field now) {
    var known = old.rules().stream().map(rule -> rule.path("rule")).toList();
    return now.rules().stream()
        .filter(rule -> !known.contains(rule.path("rule")))
        .map(
            rule ->
                "%s: has a new rule, '%s'; drop it if it refuses what was taken"
                    .formatted(old.path(), rule.path("message").asText()));
  }

  private static int compare(JsonNode one, JsonNode other) {
    return one.decimalValue().compareTo(other.decimalValue());
  }

  private static List<JsonNode> elements(JsonNode array) {
    return array.valueStream().toList();
  }

  private static String shown(Field field, String keyword) {
    return field.schema().has(keyword) ? field.schema().get(keyword).toString() : "none";
  }
}
