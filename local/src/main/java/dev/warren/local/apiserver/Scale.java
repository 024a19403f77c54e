package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The scale subresource: a small document about the size of another. Pure.
final class Scale {
  private static final String REPLICAS = ".spec.replicas";

  private Scale() {}

  static ObjectNode of(ObjectNode document, ResourceType.ScalePaths paths) {
    var scale = Json.object("autoscaling/v1", "Scale");
    scale.set("metadata", identity(document));
    scale.putObject("spec").put("replicas", JsonPath.get(document, paths.replicas()).asInt());
    var status = scale.putObject("status");
    status.put("replicas", JsonPath.get(document, paths.statusReplicas()).asInt());
    status.put("selector", selector(document, paths));
    return scale;
  }

  /// The document with the size that a Scale asks for.
  static ObjectNode resized(ObjectNode document, JsonNode scale, ResourceType.ScalePaths paths) {
    var resized = document.deepCopy();
    JsonPath.set(resized, paths.replicas(), JsonPath.get(scale, REPLICAS));
    var version = Json.metadata(scale).get("resourceVersion");
    if (version != null) {
      Json.metadata(resized).set("resourceVersion", version);
    }
    return resized;
  }

  private static ObjectNode identity(ObjectNode document) {
    var identity = Json.object();
    for (var field : new String[] {"name", "namespace", "uid", "resourceVersion"}) {
      if (Json.metadata(document).has(field)) {
        identity.set(field, Json.metadata(document).get(field));
      }
    }
    return identity;
  }

  private static String selector(ObjectNode document, ResourceType.ScalePaths paths) {
    if (!paths.labelSelector().isEmpty()) {
      return JsonPath.get(document, paths.labelSelector()).asText();
    }
    var selector = new StringBuilder();
    JsonPath.get(document, ".spec.selector.matchLabels")
        .properties()
        .forEach(
            label ->
                selector
                    .append(selector.isEmpty() ? "" : ",")
                    .append(label.getKey())
                    .append('=')
                    .append(label.getValue().asText()));
    return selector.toString();
  }
}
