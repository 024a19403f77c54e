package dev.warren.local.apiserver;

import java.util.Comparator;

/// Identifies an object; sorts by type, namespace, name.
///
/// @param type {@link ResourceType#id()}
/// @param namespace empty for cluster-scoped objects
record ObjectKey(String type, String namespace, String name) implements Comparable<ObjectKey> {
  private static final String NAMESPACES = "namespaces";
  private static final Comparator<ObjectKey> ORDER =
      Comparator.comparing(ObjectKey::type)
          .thenComparing(ObjectKey::namespace)
          .thenComparing(ObjectKey::name);

  static ObjectKey ofNamespace(String name) {
    return new ObjectKey(NAMESPACES, "", name);
  }

  boolean isNamespace() {
    return type.equals(NAMESPACES);
  }

  @Override
  public int compareTo(ObjectKey other) {
    return ORDER.compare(this, other);
  }

  /// As error messages name it.
  @Override
  public String toString() {
    return "%s \"%s\"".formatted(type, name);
  }
}
