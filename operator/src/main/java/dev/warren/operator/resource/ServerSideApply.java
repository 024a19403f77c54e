package dev.warren.operator.resource;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/// Writes objects as their field manager, so that what others set in them stays. May be called by
/// any thread.
public final class ServerSideApply {
  /// Under which name the operator owns fields.
  public static final String FIELD_MANAGER = "warren";

  private static final PatchContext CONTEXT =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(FIELD_MANAGER)
          .withForce(true)
          .build();

  private ServerSideApply() {}

  /// Makes the object's fields what is given, whoever set them last; an object that is new to a
  /// namespace that is being deleted is left out.
  public static void apply(KubernetesClient client, HasMetadata desired) {
    try {
      client.resource(desired).patch(CONTEXT);
    } catch (KubernetesClientException e) {
      if (!EndingNamespace.refuses(e)) {
        throw e;
      }
    }
  }

  /// The reference by which an object is deleted with its owner.
  public static OwnerReference ownerReference(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(true)
        .build();
  }
}
