package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A kind of object that the server stores, as discovery describes it.
///
/// @param group API group, empty for the core
/// @param version the one version that is served and stored
/// @param plural name in paths
/// @param kind name in documents
/// @param namespaced whether its objects live in a namespace
/// @param shortNames what `kubectl` takes for it
/// @param categories such as `all`
/// @param status whether `status` is written by a subresource only
/// @param scale where the scale subresource finds its figures, if it has one
/// @param schema the structural schema of a custom resource; built-in kinds are not checked
/// @param columns of its table, after the name
record ResourceType(
    String group,
    String version,
    String plural,
    String kind,
    boolean namespaced,
    List<String> shortNames,
    List<String> categories,
    boolean status,
    Optional<ScalePaths> scale,
    Optional<JsonNode> schema,
    List<Column> columns) {

  /// Dotted paths in a scalable document.
  ///
  /// @param labelSelector of its pods, as text; empty if it has none
  record ScalePaths(String replicas, String statusReplicas, String labelSelector) {}

  ResourceType {
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    columns = List.copyOf(columns);
  }

  String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /// Plural with group, unique among all types.
  String id() {
    return id(group, plural);
  }

  /// The {@link #id()} of a type of this group.
  static String id(String group, String plural) {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /// Where its API version is served.
  String groupPath() {
    return group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
  }

  String singular() {
    return kind.toLowerCase(Locale.ROOT);
  }

  /// Whether it is the core kind of this name.
  boolean is(String otherKind) {
    return group.isEmpty() && kind.equals(otherKind);
  }

  /// How its lists merge.
  Shape shape() {
    return schema.<Shape>map(Shape.Described::new).orElse(new Shape.Named(""));
  }

  ObjectKey key(String namespace, String name) {
    return new ObjectKey(id(), namespaced ? namespace : "", name);
  }
}
