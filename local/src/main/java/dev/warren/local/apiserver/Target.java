package dev.warren.local.apiserver;

/// What a request is about.
///
/// @param namespace empty for all, or for a cluster-scoped type
/// @param name empty for a collection
/// @param subresource `status`, `scale`, or empty for the object itself
record Target(ResourceType type, String namespace, String name, String subresource) {

  /// @throws ApiFailure if the type has no such subresource
  Target {
    var known =
        switch (subresource) {
          case "" -> true;
          case "status" -> type.status();
          case "scale" -> type.scale().isPresent();
          default -> false;
        };
    if (!known) {
      throw ApiFailure.noSuchPath();
    }
  }

  ObjectKey key() {
    return type.key(namespace, name);
  }

  boolean isCollection() {
    return name.isEmpty();
  }

  Target named(String objectName) {
    return new Target(type, namespace, objectName, subresource);
  }
}
