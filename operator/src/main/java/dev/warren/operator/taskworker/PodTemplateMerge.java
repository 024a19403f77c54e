package dev.warren.operator.taskworker;

import com.fasterxml.jackson.databind.JsonMappingException;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Merges a user's pod template over the generated one. Objects are merged field by field, and
/// lists of objects with a name by that name; anything else is replaced. Pure.
final class PodTemplateMerge {
  private static final String NAME = "name";
  private static final String MOUNT_PATH = "mountPath";
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  private PodTemplateMerge() {}

  /// The merged template.
  ///
  /// @throws IllegalArgumentException if the result is no pod template; names the field
  static PodTemplateSpec merge(PodTemplateSpec generated, Map<String, Object> overrides) {
    if (overrides.isEmpty()) {
      return generated;
    }
    @SuppressWarnings("unchecked")
    Map<String, Object> base = JSON.convertValue(generated, Map.class);
    try {
      return JSON.convertValue(mergeObjects(base, overrides), PodTemplateSpec.class);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(misfit(e), e);
    }
  }

  private static @Nullable Object mergeValues(@Nullable Object base, @Nullable Object override) {
    if (base instanceof Map<?, ?> baseMap && override instanceof Map<?, ?> overrideMap) {
      return mergeObjects(baseMap, overrideMap);
    }
    if (base instanceof List<?> baseList
        && override instanceof List<?> overrideList
        && named(baseList)
        && named(overrideList)) {
      return mergeNamed(baseList, overrideList);
    }
    return override;
  }

  private static Map<Object, @Nullable Object> mergeObjects(Map<?, ?> base, Map<?, ?> overrides) {
    var merged = new LinkedHashMap<Object, @Nullable Object>(base);
    overrides.forEach((key, value) -> merged.put(key, mergeValues(merged.get(key), value)));
    return merged;
  }

  private static List<Object> mergeNamed(List<?> base, List<?> overrides) {
    var merged = new LinkedHashMap<Object, Object>();
    base.forEach(element -> merged.put(identity(element), element));
    overrides.forEach(
        element ->
            merged.merge(
                identity(element),
                element,
                (was, is) -> mergeObjects((Map<?, ?>) was, (Map<?, ?>) is)));
    return new ArrayList<>(merged.values());
  }

  private static boolean named(List<?> list) {
    return list.stream()
        .allMatch(element -> element instanceof Map<?, ?> map && map.containsKey(NAME));
  }

  /// What makes two elements the same: the name, but for mounts, of which a volume may have more
  /// than one.
  private static Object identity(Object element) {
    var fields = (Map<?, ?>) element;
    return String.valueOf(
        fields.containsKey(MOUNT_PATH) ? fields.get(MOUNT_PATH) : fields.get(NAME));
  }

  /// Names the field in the words of its author, and not in those of the classes read into.
  private static String misfit(IllegalArgumentException e) {
    var path =
        e.getCause() instanceof JsonMappingException mapping
            ? mapping.getPath()
            : List.<JsonMappingException.Reference>of();
    var field = path.stream().map(PodTemplateMerge::step).collect(Collectors.joining());
    return "spec.podTemplate%s is not of the type that a pod template has there; see kubectl explain deployment.spec.template%s"
        .formatted(field, field.replaceAll("\\[\\d+]", ""));
  }

  private static String step(JsonMappingException.Reference reference) {
    return reference.getFieldName() == null
        ? "[%d]".formatted(reference.getIndex())
        : "." + reference.getFieldName();
  }
}
