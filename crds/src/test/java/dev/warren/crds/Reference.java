package dev.warren.crds;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// Writes the API reference, in Markdown, from the CRDs. Pure.
final class Reference {
  private static final String HEAD =
      """
      <!-- Generated from the CRDs; do not edit. See CONTRIBUTING.md. -->
      # API reference

      Every field of the custom resources. What they do is in the [user guide](user-guide.md) and, of the TaskBroker, in the
      [operations guide](operations-guide.md).

      [TaskBroker](#taskbroker) · [TaskQueue](#taskqueue) · [TaskWorker](#taskworker)

      A *duration* is one or more amounts with the units `ms`, `s`, `m`, `h`, `d`, such as `1h30m`. A field that is *required* must be set
      where that which it belongs to is. `[]` stands for each item of a list.
      """;

  private static final DecimalFormat NUMBER =
      new DecimalFormat("#,##0.###", DecimalFormatSymbols.getInstance(Locale.ROOT));

  private Reference() {}

  static String of(List<Crd> crds) {
    return Stream.concat(Stream.of(HEAD), crds.stream().map(Reference::kind)).collect(joining());
  }

  private static String kind(Crd crd) {
    return """

    ## %s

    %s

    `apiVersion: %s/%s` · scope %s · short name `%s` · category `%s` · subresources %s

    | column of `kubectl get` | from |
    |---|---|
    %s
    ### %s: spec

    %s
    ### %s: status

    %s
    ### %s: rules

    | of | a resource is refused because |
    |---|---|
    %s"""
        .formatted(
            crd.kind(),
            crd.schema().path("description").asText(),
            crd.document().at("/spec/group").asText(),
            crd.version().path("name").asText(),
            crd.document().at("/spec/scope").asText(),
            crd.names().at("/shortNames/0").asText(),
            crd.names().at("/categories/0").asText(),
            crd.version()
                .path("subresources")
                .propertyStream()
                .map(it -> code(it.getKey()))
                .collect(joining(", ")),
            columns(crd),
            crd.kind(),
            fields(crd, "spec."),
            crd.kind(),
            fields(crd, "status."),
            crd.kind(),
            rules(crd));
  }

  private static String columns(Crd crd) {
    return crd.version()
        .path("additionalPrinterColumns")
        .valueStream()
        .map(it -> row(it.path("name").asText(), code(it.path("jsonPath").asText())))
        .collect(joining());
  }

  private static String fields(Crd crd, String part) {
    return crd.fields().stream()
        .filter(field -> field.isNamed() && field.path().startsWith(part))
        .map(
            field ->
                row(
                    code(field.path().substring(part.length())),
                    type(field.schema()),
                    field.schema().has("default") ? code(field.text("default")) : "",
                    String.join("; ", limits(crd, field)),
                    field.text("description")))
        .collect(
            joining(
                "", "| field | type | default | limits | meaning |\n|---|---|---|---|---|\n", ""));
  }

  private static String type(JsonNode schema) {
    if (Durations.PATTERN.equals(schema.path("pattern").asText())) {
      return "duration";
    }
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return "string or integer";
    }
    if (schema.has("items")) {
      return "list of " + type(schema.get("items"));
    }
    if (schema.has("additionalProperties")) {
      return "map of " + type(schema.get("additionalProperties"));
    }
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean()
        ? "object with any fields"
        : schema.path("type").asText();
  }

  private static List<String> limits(Crd crd, Field field) {
    var limits = new ArrayList<String>();
    if (field.required()) {
      limits.add("required");
    }
    if (isImmutable(crd, field)) {
      limits.add("cannot change");
    }
    limits.addAll(limits(field.schema()));
    limits(field.schema().path("items")).forEach(limit -> limits.add("each " + limit));
    return limits;
  }

  private static List<String> limits(JsonNode schema) {
    var limits = new ArrayList<String>();
    if (schema.has("enum")) {
      limits.add(
          schema.get("enum").valueStream().map(it -> code(it.asText())).collect(joining(", ")));
    }
    addRange(limits, schema, "minimum", "maximum", "");
    addRange(limits, schema, "minItems", "maxItems", " items");
    addRange(limits, schema, "minProperties", "maxProperties", " entries");
    if (!type(schema).equals("duration")) {
      if (schema.has("pattern")) {
        limits.add(code(schema.get("pattern").asText()));
      }
      addRange(limits, schema, "minLength", "maxLength", " characters");
    }
    return limits;
  }

  private static void addRange(
      List<String> limits, JsonNode schema, String least, String most, String unit) {
    if (schema.has(least) && schema.has(most)) {
      limits.add(number(schema.get(least)) + " to " + number(schema.get(most)) + unit);
    } else if (schema.has(least)) {
      limits.add("at least " + number(schema.get(least)) + unit);
    } else if (schema.has(most)) {
      limits.add("at most " + number(schema.get(most)) + unit);
    }
  }

  /// Whether a rule compares it with what it was.
  private static boolean isImmutable(Crd crd, Field field) {
    return crd.fields().stream()
        .anyMatch(
            owner ->
                owner.rules().stream()
                    .filter(rule -> rule.path("rule").asText().contains("oldSelf"))
                    .anyMatch(rule -> place(owner, rule).equals(field.path())));
  }

  /// One row for each message, with all that it is about.
  private static String rules(Crd crd) {
    var about = new LinkedHashMap<String, List<String>>();
    for (var owner : crd.fields()) {
      for (var rule : owner.rules()) {
        var place = place(owner, rule);
        about
            .computeIfAbsent(rule.path("message").asText(), message -> new ArrayList<>())
            .add(place.isEmpty() ? "the resource" : code(place));
      }
    }
    return about.entrySet().stream()
        .map(it -> row(String.join(", ", it.getValue()), it.getKey().replace("<", "&lt;")))
        .collect(joining());
  }

  /// What a rule is about, which may be below where it stands.
  private static String place(Field owner, JsonNode rule) {
    return owner.path() + rule.path("fieldPath").asText();
  }

  private static String number(JsonNode number) {
    return NUMBER.format(number.decimalValue());
  }

  private static String code(String text) {
    return "`" + text + "`";
  }

  private static String row(String... cells) {
    return Stream.of(cells)
        .map(cell -> cell.replace("|", "\\|"))
        .collect(joining(" | ", "| ", " |\n"));
  }
}
