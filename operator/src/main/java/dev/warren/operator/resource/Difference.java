package dev.warren.operator.resource;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Compares an object with what it should be. What an API server added (defaults, times, status) is
/// no difference, so that nothing is written for ever. Pure.
public final class Difference {
  private static final Pattern QUANTITY =
      Pattern.compile("[0-9]+(\\.[0-9]+)?([numkMGTPE]|[KMGTPE]i)?");
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private Difference() {}

  /// Whether writing `desired` would change anything.
  public static boolean exists(HasMetadata desired, Optional<? extends HasMetadata> found) {
    return found.isEmpty() || !contains(json(found.get()), json(desired));
  }

  private static boolean contains(JsonNode found, JsonNode desired) {
    if (desired.isObject()) {
      return desired.properties().stream()
          .allMatch(field -> contains(found.path(field.getKey()), field.getValue()));
    }
    if (desired.isArray()) {
      return found.size() == desired.size()
          && IntStream.range(0, desired.size())
              .allMatch(i -> contains(found.path(i), desired.get(i)));
    }
    return desired.isNull() || found.equals(desired) || sameQuantity(found, desired);
  }

  /// An API server writes quantities in their shortest form: `1024Mi` becomes `1Gi`.
  private static boolean sameQuantity(JsonNode found, JsonNode desired) {
    return QUANTITY.matcher(found.asText()).matches()
        && QUANTITY.matcher(desired.asText()).matches()
        && Quantity.parse(found.asText()).equals(Quantity.parse(desired.asText()));
  }

  private static JsonNode json(HasMetadata object) {
    return JSON.convertValue(object, JsonNode.class);
  }
}
