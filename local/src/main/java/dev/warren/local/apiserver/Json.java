package dev.warren.local.apiserver;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/// Documents as text, and the parts that all documents have. Pure.
final class Json {
  /// ASCII only, because clients may decode a stream's chunks one by one.
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private Json() {}

  static byte[] write(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /// @throws ApiFailure if the text is not JSON
  static JsonNode read(byte[] text) {
    try {
      return MAPPER.readTree(text);
    } catch (IOException e) {
      throw ApiFailure.badRequest("the body is not JSON: " + e.getMessage());
    }
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode object(String apiVersion, String kind) {
    return object().put("kind", kind).put("apiVersion", apiVersion);
  }

  static ObjectNode metadata(JsonNode document) {
    return document.get("metadata") instanceof ObjectNode metadata ? metadata : object();
  }

  static String name(JsonNode document) {
    return metadata(document).path("name").asText();
  }

  static String uid(JsonNode document) {
    return metadata(document).path("uid").asText();
  }

  static boolean isBeingDeleted(JsonNode document) {
    return metadata(document).has("deletionTimestamp");
  }
}
