package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.PrimaryUpdateAndCacheUtils;

/// Writes the status subresource.
public final class Status {
  private Status() {}

  /// Applies a status; the next reconciliation sees it, even if the watch is slower, so that
  /// nothing is reported twice.
  ///
  /// @param holder an empty object of the kind, so that applying it claims no field but the status
  public static <S, T extends CustomResource<?, S>> void write(
      T holder, T resource, S status, Context<T> context) {
    holder.setMetadata(
        new ObjectMetaBuilder()
            .withName(resource.getMetadata().getName())
            .withNamespace(resource.getMetadata().getNamespace())
            .build());
    holder.setStatus(status);
    PrimaryUpdateAndCacheUtils.ssaPatchStatusAndCacheResource(resource, holder, context);
  }
}
