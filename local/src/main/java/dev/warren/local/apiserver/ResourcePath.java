package dev.warren.local.apiserver;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A path below an API version: which type, which object, which part of it.
///
/// @param group empty for the core
/// @param namespace empty for all, or for a cluster-scoped type
/// @param name empty for a collection
/// @param subresource such as `status`, empty for the object itself
record ResourcePath(
    String group,
    String version,
    String namespace,
    String plural,
    String name,
    String subresource) {

  /// Empty if the path is none of a resource.
  static Optional<ResourcePath> parse(String path) {
    var parts = Arrays.asList(path.substring(1).split("/"));
    if (parts.getFirst().equals("api") && parts.size() > 2) {
      return Optional.of(parse("", parts.get(1), parts.subList(2, parts.size())));
    }
    if (parts.getFirst().equals("apis") && parts.size() > 3) {
      return Optional.of(parse(parts.get(1), parts.get(2), parts.subList(3, parts.size())));
    }
    return Optional.empty();
  }

  private static ResourcePath parse(String group, String version, List<String> parts) {
    var inNamespace = parts.getFirst().equals("namespaces") && parts.size() > 2;
    if (inNamespace && !parts.get(2).equals("status") && !parts.get(2).equals("finalize")) {
      return of(group, version, parts.get(1), parts.subList(2, parts.size()));
    }
    return of(group, version, "", parts);
  }

  private static ResourcePath of(
      String group, String version, String namespace, List<String> parts) {
    return new ResourcePath(
        group, version, namespace, parts.getFirst(), part(parts, 1), part(parts, 2));
  }

  private static String part(List<String> parts, int index) {
    return index < parts.size() ? parts.get(index) : "";
  }
}
