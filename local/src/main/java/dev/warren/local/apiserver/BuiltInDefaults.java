package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/// The few things that the real server adds to built-in kinds and that somebody here relies on.
/// Pure; each changes a new document in place.
final class BuiltInDefaults {
  private BuiltInDefaults() {}

  static ObjectNode set(ObjectNode document, ResourceType type, Instant now) {
    return switch (type.kind()) {
      case "Secret" -> secret(document);
      case "Namespace" -> namespace(document);
      case "Deployment" -> deployment(document);
      case CustomTypes.KIND ->
          document.has("status") ? document : CustomTypes.established(document, now);
      default -> document;
    };
  }

  private static ObjectNode secret(ObjectNode secret) {
    if (!secret.has("type")) {
      secret.put("type", "Opaque");
    }
    if (secret.remove("stringData") instanceof ObjectNode plain) {
      var data = secret.withObjectProperty("data");
      plain.forEachEntry((name, value) -> data.put(name, base64(value.asText())));
    }
    return secret;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static ObjectNode namespace(ObjectNode namespace) {
    if (!namespace.has("spec")) {
      namespace.putObject("spec").putArray("finalizers").add("kubernetes");
    }
    if (!namespace.has("status")) {
      namespace.putObject("status").put("phase", "Active");
    }
    var labels = Json.metadata(namespace).withObjectProperty("labels");
    labels.put("kubernetes.io/metadata.name", Json.name(namespace));
    return namespace;
  }

  private static ObjectNode deployment(ObjectNode deployment) {
    var spec = deployment.withObjectProperty("spec");
    if (!spec.has("replicas")) {
      spec.put("replicas", 1);
    }
    return deployment;
  }
}
