package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Replaces the status of an object, whatever the rest of it is by now. Any thread may call; an
/// object's status should have one writer.
///
/// @param client of the API server
record StatusWriter(KubernetesClient client) {
  private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);

  /// Does nothing if the object is gone; a failure is logged and not thrown, for the next write
  /// says it all again.
  <T extends HasMetadata> void write(T object, Object status) {
    var operation =
        "[{\"op\":\"add\",\"path\":\"/status\",\"value\":%s}]"
            .formatted(client.getKubernetesSerialization().asJson(status));
    try {
      client
          .resource(object)
          .subresource("status")
          .patch(PatchContext.of(PatchType.JSON), operation);
    } catch (KubernetesClientException e) {
      var isGone = e.getCode() == HttpURLConnection.HTTP_NOT_FOUND;
      if (!isGone && !Thread.currentThread().isInterrupted()) {
        LOG.atWarn()
            .setCause(e)
            .addKeyValue("namespace", object.getMetadata().getNamespace())
            .addKeyValue("name", object.getMetadata().getName())
            .log("status not written");
      }
    }
  }
}
