package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/// Reads CustomResourceDefinitions: their storage version becomes a type. Pure.
final class CustomTypes {
  static final String GROUP = "apiextensions.k8s.io";
  static final String KIND = "CustomResourceDefinition";
  static final String ID = "customresourcedefinitions." + GROUP;

  private CustomTypes() {}

  static ResourceType type(JsonNode definition) {
    var spec = definition.path("spec");
    var names = spec.path("names");
    var version = storageVersion(spec);
    var subresources = version.path("subresources");
    return new ResourceType(
        spec.path("group").asText(),
        version.path("name").asText(),
        names.path("plural").asText(),
        names.path("kind").asText(),
        spec.path("scope").asText().equals("Namespaced"),
        texts(names.path("shortNames")),
        texts(names.path("categories")),
        subresources.has("status"),
        Optional.of(subresources.path("scale")).filter(JsonNode::isObject).map(CustomTypes::scale),
        Optional.of(version.path("schema").path("openAPIV3Schema")),
        columns(version.path("additionalPrinterColumns")));
  }

  /// A definition as accepted: the conditions that clients wait for are true at once.
  static ObjectNode established(ObjectNode definition, Instant now) {
    var established = definition.deepCopy();
    var status = established.putObject("status");
    status.set("acceptedNames", established.path("spec").path("names"));
    status.putArray("storedVersions").add(type(established).version());
    var conditions = status.putArray("conditions");
    addCondition(conditions, "NamesAccepted", now);
    addCondition(conditions, "Established", now);
    return established;
  }

  private static void addCondition(ArrayNode conditions, String type, Instant now) {
    conditions
        .addObject()
        .put("type", type)
        .put("status", "True")
        .put("reason", "Accepted")
        .put("message", "")
        .put("lastTransitionTime", now.toString());
  }

  private static JsonNode storageVersion(JsonNode spec) {
    var versions = spec.path("versions");
    return StreamSupport.stream(versions.spliterator(), false)
        .filter(version -> version.path("storage").asBoolean())
        .findFirst()
        .orElse(versions.path(0));
  }

  private static ResourceType.ScalePaths scale(JsonNode scale) {
    return new ResourceType.ScalePaths(
        scale.path("specReplicasPath").asText(),
        scale.path("statusReplicasPath").asText(),
        scale.path("labelSelectorPath").asText());
  }

  private static List<Column> columns(JsonNode definitions) {
    var columns = new ArrayList<Column>();
    columns.add(Column.NAME);
    for (var column : definitions) {
      columns.add(
          Column.at(
              column.path("name").asText(),
              column.path("type").asText(),
              column.path("priority").asInt(),
              column.path("jsonPath").asText()));
    }
    if (definitions.isEmpty()) {
      columns.add(Column.AGE);
    }
    return columns;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }
}
