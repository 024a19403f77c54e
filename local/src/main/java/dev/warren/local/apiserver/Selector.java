package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which documents a list or watch is about: label selectors with all their operators, and field
/// selectors on any field of text. Pure.
///
/// @param labels all must hold
/// @param fields all must hold; keys are dotted paths
record Selector(List<Requirement> labels, List<Requirement> fields) {
  private static final Pattern SET =
      Pattern.compile("(?<key>[^\\s!=]+)\\s+(?<operator>in|notin)\\s*\\((?<values>[^)]*)\\)");
  private static final Pattern EQUALITY =
      Pattern.compile("(?<key>[^\\s!=]+)\\s*(?<operator>==|=|!=)\\s*(?<value>.*)");
  private static final Pattern COMMA_OUTSIDE_PARENTHESES = Pattern.compile(",(?![^(]*\\))");

  /// One condition on one key.
  ///
  /// @param values the key must have one of them or, negated, none of them; null for any value
  record Requirement(String key, @Nullable Set<String> values, boolean negated) {
    boolean holds(JsonNode value) {
      var found = !value.isMissingNode() && (values == null || values.contains(value.asText()));
      return found != negated;
    }
  }

  Selector {
    labels = List.copyOf(labels);
    fields = List.copyOf(fields);
  }

  /// @param labelSelector empty for all
  /// @param fieldSelector empty for all
  static Selector parse(String labelSelector, String fieldSelector) {
    return new Selector(requirements(labelSelector), requirements(fieldSelector));
  }

  boolean matches(JsonNode document) {
    var values = document.path("metadata").path("labels");
    return labels.stream().allMatch(label -> label.holds(values.path(label.key())))
        && fields.stream().allMatch(field -> field.holds(JsonPath.get(document, field.key())));
  }

  private static List<Requirement> requirements(String text) {
    return COMMA_OUTSIDE_PARENTHESES
        .splitAsStream(text)
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(Selector::requirement)
        .toList();
  }

  private static Requirement requirement(String text) {
    var set = SET.matcher(text);
    if (set.matches()) {
      var values = Arrays.stream(set.group("values").split(",", -1)).map(String::strip);
      return new Requirement(
          set.group("key"),
          values.collect(Collectors.toUnmodifiableSet()),
          set.group("operator").equals("notin"));
    }
    var equality = EQUALITY.matcher(text);
    if (equality.matches()) {
      return new Requirement(
          equality.group("key"),
          Set.of(equality.group("value").strip()),
          equality.group("operator").equals("!="));
    }
    return text.startsWith("!")
        ? new Requirement(text.substring(1).strip(), null, true)
        : new Requirement(text, null, false);
  }
}
