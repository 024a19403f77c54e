package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/// Tells clients which types there are, in the plain (not aggregated) form. Pure.
final class Discovery {
  private static final List<String> VERBS =
      List.of("create", "delete", "deletecollection", "get", "list", "patch", "update", "watch");
  private static final List<String> SUBRESOURCE_VERBS = List.of("get", "patch", "update");

  private Discovery() {}

  /// The document at a path of discovery; empty if the path is none.
  static Optional<ObjectNode> document(String path, List<ResourceType> types) {
    return switch (path) {
      case "/version" -> Optional.of(version());
      case "/api" -> Optional.of(coreVersions());
      case "/apis" -> Optional.of(groups(types));
      default -> group(path, types).or(() -> resources(path, types));
    };
  }

  private static ObjectNode version() {
    return Json.object()
        .put("major", "1")
        .put("minor", "32")
        .put("gitVersion", "v1.32.0-warren-local")
        .put("gitCommit", "")
        .put("gitTreeState", "clean")
        .put("buildDate", "1970-01-01T00:00:00Z")
        .put("goVersion", "")
        .put("compiler", "")
        .put("platform", "local");
  }

  private static ObjectNode coreVersions() {
    var versions = Json.object("v1", "APIVersions");
    versions.putArray("versions").add("v1");
    versions.putArray("serverAddressByClientCIDRs");
    return versions;
  }

  private static ObjectNode groups(List<ResourceType> types) {
    var list = Json.object("v1", "APIGroupList");
    var groups = list.putArray("groups");
    types.stream()
        .map(ResourceType::group)
        .filter(group -> !group.isEmpty())
        .distinct()
        .forEach(group -> groups.add(describeGroup(group, types)));
    return list;
  }

  private static Optional<ObjectNode> group(String path, List<ResourceType> types) {
    return types.stream()
        .map(ResourceType::group)
        .filter(group -> path.equals("/apis/" + group))
        .findFirst()
        .map(group -> describeGroup(group, types));
  }

  private static ObjectNode describeGroup(String name, List<ResourceType> types) {
    var group = Json.object("v1", "APIGroup").put("name", name);
    var versions = group.putArray("versions");
    types.stream()
        .filter(type -> type.group().equals(name))
        .map(ResourceType::version)
        .distinct()
        .forEach(version -> describeVersion(versions.addObject(), name, version));
    group.set("preferredVersion", versions.get(0));
    return group;
  }

  private static void describeVersion(ObjectNode node, String group, String version) {
    node.put("groupVersion", group + "/" + version).put("version", version);
  }

  private static Optional<ObjectNode> resources(String path, List<ResourceType> types) {
    var served = types.stream().filter(type -> type.groupPath().equals(path)).toList();
    if (served.isEmpty()) {
      return Optional.empty();
    }
    var list = Json.object("v1", "APIResourceList");
    list.put("groupVersion", served.getFirst().apiVersion());
    var resources = list.putArray("resources");
    served.forEach(type -> describe(type, resources));
    return Optional.of(list);
  }

  private static void describe(ResourceType type, ArrayNode resources) {
    var resource = resource(type.plural(), type, type.kind(), VERBS);
    resource.put("singularName", type.singular());
    type.shortNames().forEach(resource.withArrayProperty("shortNames")::add);
    type.categories().forEach(resource.withArrayProperty("categories")::add);
    resources.add(resource);
    if (type.status()) {
      resources.add(resource(type.plural() + "/status", type, type.kind(), SUBRESOURCE_VERBS));
    }
    if (type.scale().isPresent()) {
      var scale = resource(type.plural() + "/scale", type, "Scale", SUBRESOURCE_VERBS);
      resources.add(scale.put("group", "autoscaling").put("version", "v1"));
    }
  }

  private static ObjectNode resource(
      String name, ResourceType type, String kind, List<String> verbs) {
    var resource = Json.object().put("name", name).put("singularName", "");
    resource.put("namespaced", type.namespaced()).put("kind", kind);
    verbs.forEach(resource.withArrayProperty("verbs")::add);
    return resource;
  }
}
