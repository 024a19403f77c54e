package dev.warren.crds;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds what an API server would refuse in a resource, by the part of the schema language that the
/// CRDs use, and words it as the server does. For one document, by one thread.
final class SchemaCheck {
  private final List<Refusal> refusals = new ArrayList<>();

  private SchemaCheck() {}

  /// All that is wrong with a resource; empty if nothing is.
  ///
  /// @param old the resource before an update; null when it is created
  static List<Refusal> refusals(JsonNode schema, JsonNode resource, @Nullable JsonNode old) {
    var check = new SchemaCheck();
    check.check("", schema, resource, old);
    return List.copyOf(check.refusals);
  }

  private void check(String field, JsonNode schema, JsonNode value, @Nullable JsonNode old) {
    if (!hasType(schema, value)) {
      refuse(field, "must be of type " + typeOf(schema));
      return;
    }
    checkEnum(field, schema, value);
    if (value.isTextual()) {
      checkText(field, schema, value.asText());
    } else if (value.isNumber()) {
      checkNumber(field, schema, value);
    } else if (value.isArray()) {
      checkList(field, schema, value);
    } else if (value.isObject()) {
      checkObject(field, schema, value, old);
    }
    CelRules.broken(schema, value, old)
        .forEach(refusal -> refuse(field + refusal.field(), refusal.message()));
  }

  private static boolean hasType(JsonNode schema, JsonNode value) {
    return switch (typeOf(schema)) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber();
      case "number" -> value.isNumber();
      case "integer,string" -> value.isIntegralNumber() || value.isTextual();
      default -> throw new AssertionError("unknown type in " + schema);
    };
  }

  private static String typeOf(JsonNode schema) {
    return schema.path("x-kubernetes-int-or-string").asBoolean()
        ? "integer,string"
        : schema.path("type").asText();
  }

  private void checkEnum(String field, JsonNode schema, JsonNode value) {
    var allowed = schema.path("enum").valueStream().toList();
    if (!allowed.isEmpty() && !allowed.contains(value)) {
      refuse(
          field,
          allowed.stream()
              .map(JsonNode::toString)
              .collect(Collectors.joining(", ", "supported values: ", "")));
    }
  }

  private void checkText(String field, JsonNode schema, String text) {
    atMost(field, schema, "maxLength", text.length(), "may not be more than %d bytes");
    atLeast(field, schema, "minLength", text.length(), "should be at least %d chars long");
    var pattern = schema.path("pattern").asText();
    if (!Pattern.compile(pattern).matcher(text).find()) {
      refuse(field, "should match '%s'".formatted(pattern));
    }
  }

  private void checkNumber(String field, JsonNode schema, JsonNode value) {
    if (schema.has("minimum") && value.asDouble() < schema.get("minimum").asDouble()) {
      refuse(field, "should be greater than or equal to " + schema.get("minimum").asLong());
    }
    if (schema.has("maximum") && value.asDouble() > schema.get("maximum").asDouble()) {
      var maximum = schema.get("maximum").decimalValue().stripTrailingZeros().toPlainString();
      refuse(field, "should be less than or equal to " + maximum);
    }
  }

  private void checkList(String field, JsonNode schema, JsonNode list) {
    atLeast(field, schema, "minItems", list.size(), "should have at least %d items");
    atMost(field, schema, "maxItems", list.size(), "must have at most %d items");
    for (int i = 0; i < list.size(); i++) {
      check("%s[%d]".formatted(field, i), schema.path("items"), list.get(i), null);
    }
  }

  private void checkObject(String field, JsonNode schema, JsonNode object, @Nullable JsonNode old) {
    atLeast(field, schema, "minProperties", object.size(), "should have at least %d properties");
    atMost(field, schema, "maxProperties", object.size(), "must have at most %d items");
    for (var required : schema.path("required")) {
      if (!object.has(required.asText())) {
        refuse(child(field, required.asText()), "Required value");
      }
    }
    for (var entry : object.properties()) {
      checkField(child(field, entry.getKey()), schema, entry.getKey(), object, old);
    }
  }

  private void checkField(
      String field, JsonNode schema, String name, JsonNode object, @Nullable JsonNode old) {
    var property = schema.path("properties").path(name);
    var known = property.isMissingNode() ? schema.path("additionalProperties") : property;
    if (!known.isMissingNode()) {
      check(field, known, object.get(name), old == null ? null : old.get(name));
    } else if (!isOpen(field, schema)) {
      refuse(field, "unknown field");
    }
  }

  /// Whether there may be fields that the schema does not know, as in every resource's envelope.
  private static boolean isOpen(String field, JsonNode schema) {
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
        || List.of("apiVersion", "kind", "metadata").contains(field);
  }

  private void atLeast(String field, JsonNode schema, String limit, int size, String message) {
    if (schema.has(limit) && size < schema.get(limit).asInt()) {
      refuse(field, message.formatted(schema.get(limit).asInt()));
    }
  }

  private void atMost(String field, JsonNode schema, String limit, int size, String message) {
    if (schema.has(limit) && size > schema.get(limit).asInt()) {
      refuse(field, message.formatted(schema.get(limit).asInt()));
    }
  }

  private void refuse(String field, String message) {
    refusals.add(new Refusal(field, message));
  }

  private static String child(String field, String name) {
    return field.isEmpty() ? name : field + "." + name;
  }
}
