package dev.warren.local.demo;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Comparator;
import java.util.Objects;

/// Where a namespaced resource is.
record ResourceName(String namespace, String name) implements Comparable<ResourceName> {
  private static final Comparator<ResourceName> ORDER =
      Comparator.comparing(ResourceName::namespace).thenComparing(ResourceName::name);

  /// Reads `namespace/name`.
  ///
  /// @throws IllegalArgumentException if the text is not of this form
  static ResourceName parse(String text) {
    var parts = text.split("/", -1);
    if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
      throw new IllegalArgumentException("'%s' is not of the form NAMESPACE/NAME".formatted(text));
    }
    return new ResourceName(parts[0], parts[1]);
  }

  static ResourceName of(HasMetadata resource) {
    var metadata = resource.getMetadata();
    return new ResourceName(
        Objects.requireNonNullElse(metadata.getNamespace(), "default"), metadata.getName());
  }

  @Override
  public int compareTo(ResourceName other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
