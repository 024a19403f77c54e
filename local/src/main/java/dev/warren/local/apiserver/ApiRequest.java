package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One HTTP request, read whole.
///
/// @param path without the server's prefix, decoded
/// @param query each parameter once, decoded
/// @param accept media types that the client takes
/// @param contentType media type of the body, without parameters
record ApiRequest(
    String method,
    String path,
    Map<String, String> query,
    String accept,
    String contentType,
    String body) {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  ApiRequest {
    query = Map.copyOf(query);
  }

  String parameter(String name) {
    return query.getOrDefault(name, "");
  }

  boolean isSet(String name) {
    return query.containsKey(name) && !parameter(name).equals("false");
  }

  long number(String name, long otherwise) {
    try {
      return query.containsKey(name) ? Long.parseLong(parameter(name)) : otherwise;
    } catch (NumberFormatException _) {
      throw ApiFailure.badRequest("%s: '%s' is no number".formatted(name, parameter(name)));
    }
  }

  boolean wantsTable() {
    return accept.contains("as=Table");
  }

  Selector selector() {
    return Selector.parse(parameter("labelSelector"), parameter("fieldSelector"));
  }

  /// The body as a document, in JSON or YAML; empty if there is no body.
  ObjectNode document() {
    if (contentType.endsWith("protobuf")) {
      throw ApiFailure.unsupportedMediaType(contentType);
    }
    var text = body.strip();
    if (text.isEmpty()) {
      return Json.object();
    }
    var isJson = text.startsWith("{");
    var node = isJson ? Json.read(text.getBytes(StandardCharsets.UTF_8)) : yaml(text);
    if (node instanceof ObjectNode document) {
      return document;
    }
    throw ApiFailure.badRequest("the body is not an object");
  }

  private static JsonNode yaml(String text) {
    try {
      return YAML.unmarshal(text, JsonNode.class);
    } catch (KubernetesClientException e) {
      throw ApiFailure.badRequest("the body is not YAML: " + e.getMessage());
    }
  }
}
