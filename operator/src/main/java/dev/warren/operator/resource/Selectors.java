package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.Map;
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

  private static boolean matches(LabelSelectorRequirement wanted, Map<String, String> labels) {
    var value = labels.get(wanted.getKey());
    return switch (wanted.getOperator()) {
      case "In" -> wanted.getValues().contains(value);
      case "NotIn" -> !wanted.getValues().contains(value);
      case "Exists" -> value != null;
      case "DoesNotExist" -> value == null;
      // What cannot be understood lets nobody in.
      default -> false;
    };
  }
}
