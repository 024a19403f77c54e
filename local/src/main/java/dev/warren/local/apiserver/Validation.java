package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.warren.local.apiserver.ApiFailure.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// Checks a custom resource against its structural schema and words what is wrong as the real
/// server does. Pure; an object collects the problems of one document.
///
/// CEL rules (`x-kubernetes-validations`) and formats are not checked.
final class Validation {
  private static final String INVALID = "FieldValueInvalid";

  /// Those of all schemas: compiling one costs more than all else here.
  private static final Map<String, Pattern> PATTERNS = new ConcurrentHashMap<>();

  private final List<Cause> causes = new ArrayList<>();

  private Validation() {}

  /// What is wrong with the document; empty if nothing is.
  static List<Cause> validate(ObjectNode document, JsonNode schema) {
    var validation = new Validation();
    var content = Json.object();
    content.setAll(document);
    content.remove(List.of("apiVersion", "kind", "metadata"));
    validation.check(content, schema, "");
    return List.copyOf(validation.causes);
  }

  private void check(JsonNode value, JsonNode schema, String path) {
    if (value.isNull() && Schemas.isNullable(schema)) {
      return;
    }
    if (!hasType(value, schema)) {
      invalid(path, quoted(value), "must be of type " + schema.path("type").asText());
      return;
    }
    checkEnum(value, schema, path);
    switch (value) {
      case ObjectNode object -> checkObject(object, schema, path);
      case ArrayNode list -> checkList(list, schema, path);
      default -> checkScalar(value, schema, path);
    }
    checkCombinations(value, schema, path);
  }

  private static boolean hasType(JsonNode value, JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return value.isTextual() || value.isIntegralNumber();
    }
    return switch (schema.path("type").asText()) {
      case "object" -> value.isObject();
      case "array" -> value.isArray();
      case "string" -> value.isTextual();
      case "boolean" -> value.isBoolean();
      case "integer" -> value.isIntegralNumber() || (value.isNumber() && value.asDouble() % 1 == 0);
      case "number" -> value.isNumber();
      default -> true;
    };
  }

  private void checkEnum(JsonNode value, JsonNode schema, String path) {
    var allowed = schema.path("enum");
    if (allowed.isArray() && allowed.valueStream().noneMatch(value::equals)) {
      causes.add(
          new Cause(
              path,
              "FieldValueNotSupported",
              "Unsupported value: %s: supported values: %s"
                  .formatted(value, texts(allowed).collect(Collectors.joining(", ")))));
    }
  }

  private void checkObject(ObjectNode object, JsonNode schema, String path) {
    for (var name : schema.path("required")) {
      if (!object.has(name.asText())) {
        causes.add(new Cause(child(path, name.asText()), "FieldValueRequired", "Required value"));
      }
    }
    limit(object.size(), schema, path, "maxProperties", "Too many: %d: must have at most %d items");
    object.forEachEntry(
        (name, value) ->
            Schemas.fieldSchema(schema, name)
                .ifPresent(field -> check(value, field, child(path, name))));
  }

  private void checkList(ArrayNode list, JsonNode schema, String path) {
    limit(list.size(), schema, path, "maxItems", "Too many: %d: must have at most %d items");
    if (list.size() < schema.path("minItems").asInt()) {
      invalid(path, list.size(), "should have at least %s items".formatted(schema.get("minItems")));
    }
    for (int i = 0; i < list.size(); i++) {
      check(list.get(i), schema.path("items"), "%s[%d]".formatted(path, i));
    }
  }

  private void limit(int size, JsonNode schema, String path, String rule, String message) {
    if (schema.has(rule) && size > schema.get(rule).asInt()) {
      causes.add(new Cause(path, INVALID, message.formatted(size, schema.get(rule).asInt())));
    }
  }

  private void checkScalar(JsonNode value, JsonNode schema, String path) {
    if (value.isTextual()) {
      checkText(value.asText(), schema, path);
    } else if (value.isNumber()) {
      checkNumber(value, schema, path);
    }
  }

  private void checkText(String text, JsonNode schema, String path) {
    var length = text.codePointCount(0, text.length());
    if (schema.has("maxLength") && length > schema.get("maxLength").asInt()) {
      var message = "Too long: may not be more than %s bytes".formatted(schema.get("maxLength"));
      causes.add(new Cause(path, "FieldValueTooLong", message));
    }
    if (length < schema.path("minLength").asInt()) {
      invalid(
          path,
          quoted(text),
          "should be at least %s chars long".formatted(schema.get("minLength")));
    }
    var pattern = schema.path("pattern").asText();
    if (!compiled(pattern).matcher(text).find()) {
      invalid(path, quoted(text), "should match '%s'".formatted(pattern));
    }
  }

  private static Pattern compiled(String pattern) {
    return PATTERNS.computeIfAbsent(pattern, Pattern::compile);
  }

  private void checkNumber(JsonNode value, JsonNode schema, String path) {
    var number = value.decimalValue();
    bound(
        schema,
        "minimum",
        path,
        value,
        "should be greater than or equal to %s",
        minimum -> number.compareTo(minimum.decimalValue()) >= 0);
    bound(
        schema,
        "maximum",
        path,
        value,
        "should be less than or equal to %s",
        maximum -> number.compareTo(maximum.decimalValue()) <= 0);
  }

  private void bound(
      JsonNode schema,
      String rule,
      String path,
      JsonNode value,
      String message,
      Predicate<JsonNode> holds) {
    if (schema.has(rule) && !holds.test(schema.get(rule))) {
      invalid(path, value, message.formatted(schema.get(rule)));
    }
  }

  private void checkCombinations(JsonNode value, JsonNode schema, String path) {
    schema.path("allOf").forEach(each -> check(value, each, path));
    var matching = StreamSupport.stream(schema.path("oneOf").spliterator(), false);
    if (schema.has("oneOf") && matching.filter(each -> fits(value, each)).count() != 1) {
      invalid(path, quoted(value), "must validate one and only one schema (oneOf)");
    }
    var any = StreamSupport.stream(schema.path("anyOf").spliterator(), false);
    if (schema.has("anyOf") && any.noneMatch(each -> fits(value, each))) {
      invalid(path, quoted(value), "must validate at least one schema (anyOf)");
    }
    if (schema.has("not") && fits(value, schema.get("not"))) {
      invalid(path, quoted(value), "must not validate the schema (not)");
    }
  }

  private static boolean fits(JsonNode value, JsonNode schema) {
    var validation = new Validation();
    validation.check(value, schema, "");
    return validation.causes.isEmpty();
  }

  private void invalid(String path, Object value, String rule) {
    causes.add(
        new Cause(path, INVALID, "Invalid value: %s: %s in body %s".formatted(value, path, rule)));
  }

  private static Stream<String> texts(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false).map(JsonNode::toString);
  }

  /// As messages show a value: text as it is, the kind of anything that has parts.
  private static String quoted(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> quoted(value.asText());
      case OBJECT -> quoted("object");
      case ARRAY -> quoted("array");
      default -> value.toString();
    };
  }

  private static String quoted(String text) {
    return '"' + text + '"';
  }

  private static String child(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
