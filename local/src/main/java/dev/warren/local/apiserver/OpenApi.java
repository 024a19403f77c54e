package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// As much of `/openapi/v3` as `kubectl` needs: to learn that the server checks fields itself
/// (`fieldValidation`), and to explain custom resources. Pure.
final class OpenApi {
  private static final String PREFIX = "/openapi/v3/";

  private OpenApi() {}

  /// The document at a path; empty if there is none.
  static Optional<ObjectNode> document(String path, List<ResourceType> types) {
    if (path.equals("/openapi/v3")) {
      return Optional.of(index(types));
    }
    var served =
        types.stream().filter(type -> path.equals(PREFIX + type.groupPath().substring(1))).toList();
    return served.isEmpty() ? Optional.empty() : Optional.of(describe(served));
  }

  private static ObjectNode index(List<ResourceType> types) {
    var index = Json.object();
    var paths = index.putObject("paths");
    for (var type : types) {
      var path = type.groupPath().substring(1);
      paths.putObject(path).put("serverRelativeURL", PREFIX + path);
    }
    return index;
  }

  private static ObjectNode describe(List<ResourceType> types) {
    var document = Json.object().put("openapi", "3.0.0");
    document.putObject("info").put("title", "Kubernetes").put("version", "v1.32.0");
    var paths = document.putObject("paths");
    var schemas = document.putObject("components").putObject("schemas");
    for (var type : types) {
      paths.set(objectPath(type), operations(type));
      schemas.set(schemaName(type), schema(type));
    }
    return document;
  }

  private static String objectPath(ResourceType type) {
    var scope = type.namespaced() ? "/namespaces/{namespace}/" : "/";
    return type.groupPath() + scope + type.plural() + "/{name}";
  }

  private static ObjectNode operations(ResourceType type) {
    var operations = Json.object();
    for (var method : List.of("get", "patch")) {
      var operation = operations.putObject(method);
      var parameter = operation.putArray("parameters").addObject();
      parameter.put("name", "fieldValidation").put("in", "query");
      parameter.putObject("schema").put("type", "string");
      var response = operation.putObject("responses").putObject("200").put("description", "OK");
      response
          .putObject("content")
          .putObject("application/json")
          .putObject("schema")
          .put("$ref", "#/components/schemas/" + schemaName(type));
      operation.set("x-kubernetes-group-version-kind", groupVersionKind(type));
    }
    return operations;
  }

  private static String schemaName(ResourceType type) {
    return "%s.%s.%s"
        .formatted(type.group().isEmpty() ? "core" : type.group(), type.version(), type.kind());
  }

  private static ObjectNode schema(ResourceType type) {
    var schema =
        type.schema()
            .map(custom -> (ObjectNode) custom.deepCopy())
            .orElseGet(() -> Json.object().put("type", "object"));
    schema.putArray("x-kubernetes-group-version-kind").add(groupVersionKind(type));
    return schema;
  }

  private static ObjectNode groupVersionKind(ResourceType type) {
    return Json.object()
        .put("group", type.group())
        .put("version", type.version())
        .put("kind", type.kind());
  }
}
