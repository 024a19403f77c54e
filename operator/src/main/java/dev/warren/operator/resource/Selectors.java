package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Matches labels as Kubernetes does. Pure.
public final class Selectors {
  private Selectors() {}

  /// Whether these labels match; a selector that is left out or empty matches all.
  public static boolean matches(@Nullable LabelSelector selector, Map<String, String> labels) {
    return selector == null
        || (selector.getMatchLabels().entrySet().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.get(wanted.getKey())))
            && selector.getMatchExpressions().stream().allMatch(wanted -> matches(wanted, labels)));
  }

  /// What cannot be understood in a selector, each with its field and the remedy.
  ///
  /// @param field path of the selector
  public static List<String> problems(String field, @Nullable LabelSelector selector) {
    return selector == null
        ? List.of()
        : IntStream.range(0, selector.getMatchExpressions().size())
            .boxed()
            .flatMap(
                i ->
                    problem(selector.getMatchExpressions().get(i)).stream()
                        .map("%s.matchExpressions[%d]%s".formatted(field, i, "%s")::formatted))
            .toList();
  }

  private static Optional<String> problem(LabelSelectorRequirement wanted) {
    var operator = Objects.requireNonNullElse(wanted.getOperator(), "");
    var values = wanted.getValues().size();
    if (wanted.getKey() == null || wanted.getKey().isEmpty()) {
      return Optional.of(" has no key; name a label");
    }
    return switch (operator) {
      case "In", "NotIn" ->
          values > 0
              ? Optional.empty()
              : Optional.of(" has no values, which %s needs; give some".formatted(operator));
      case "Exists", "DoesNotExist" ->
          values == 0
              ? Optional.empty()
              : Optional.of(
                  " has values, which %s does not look at; leave them out".formatted(operator));
      default ->
          Optional.of(
              ".operator is '%s'; use In, NotIn, Exists or DoesNotExist".formatted(operator));
    };
  }

  private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
    var value = labels.get(wanted.getKey());
    return switch (Objects.requireNonNullElse(wanted.getOperator(), "")) {
      case "In" -> wanted.getValues().contains(value);
      case "NotIn" -> !wanted.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      // What cannot be understood lets nobody in.
      default -> false;
    };
  }
}
