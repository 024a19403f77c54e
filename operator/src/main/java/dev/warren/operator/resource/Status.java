package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/// Writes the status subresource.
public final class Status {
  private static final PatchContext CONTEXT =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(ServerSideApply.FIELD_MANAGER)
          .withForce(true)
          .build();

  private Status() {}

  /// An object that holds nothing but the name of `resource` and this status, so that applying it
  /// claims no other field.
  public static <S, T extends CustomResource<?, S>> T holder(T empty, T resource, S status) {
    empty.setMetadata(
        new ObjectMetaBuilder()
            .withName(resource.getMetadata().getName())
            .withNamespace(resource.getMetadata().getNamespace())
            .build());
    empty.setStatus(status);
    return empty;
  }

  /// Applies a {@link #holder} at once, where the framework does not: during deletion.
  public static void patch(KubernetesClient client, CustomResource<?, ?> holder) {
    client.resource(holder).subresource("status").patch(CONTEXT);
  }
}
