package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;

/// Keeps resources of the API server without the record of who set which field: it takes most of
/// the memory of a small resource, and of every copy that is made of it, and nobody here reads it.
///
/// @param <R> what it keeps
public final class WithoutManagedFields<R extends HasMetadata> extends TransformingItemStore<R> {
  /// Empty.
  public WithoutManagedFields() {
    super(WithoutManagedFields::trimmed);
  }

  private static <R extends HasMetadata> R trimmed(R resource) {
    resource.getMetadata().setManagedFields(null);
    return resource;
  }
}
