package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.zjsonpatch.JsonPatch;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// A change to a document. Pure.
sealed interface Patch {
  ObjectNode apply(ObjectNode live, ResourceType type);

  /// RFC 7386.
  record JsonMerge(ObjectNode patch) implements Patch {
    @Override
    public ObjectNode apply(ObjectNode live, ResourceType type) {
      return Merge.merge(live, patch, new Shape.Plain());
    }
  }

  /// Merges lists by their keys; of built-in kinds only.
  record Strategic(ObjectNode patch) implements Patch {
    @Override
    public ObjectNode apply(ObjectNode live, ResourceType type) {
      if (type.schema().isPresent()) {
        throw ApiFailure.unsupportedMediaType("application/strategic-merge-patch+json");
      }
      return Merge.merge(live, patch, type.shape());
    }
  }

  /// RFC 6902.
  record Operations(JsonNode operations) implements Patch {
    @Override
    public ObjectNode apply(ObjectNode live, ResourceType type) {
      try {
        return (ObjectNode) JsonPatch.apply(operations, live.deepCopy());
      } catch (RuntimeException e) {
        throw ApiFailure.unprocessable(
            "the server rejected our request due to an error in our request: " + e.getMessage());
      }
    }
  }

  /// See {@link ServerSideApply}. The only one that may create.
  record Apply(ServerSideApply manager, ObjectNode document) implements Patch {
    @Override
    public ObjectNode apply(ObjectNode live, ResourceType type) {
      return manager.apply(live, document, type);
    }
  }

  static Patch of(ApiRequest request, String subresource, Instant now) {
    return switch (request.contentType()) {
      case "application/merge-patch+json" -> new JsonMerge(request.document());
      case "application/strategic-merge-patch+json" -> new Strategic(request.document());
      case "application/json-patch+json" ->
          new Operations(Json.read(request.body().getBytes(StandardCharsets.UTF_8)));
      case "application/apply-patch+yaml" ->
          new Apply(new ServerSideApply(manager(request), subresource, now), request.document());
      default -> throw ApiFailure.unsupportedMediaType(request.contentType());
    };
  }

  private static String manager(ApiRequest request) {
    var manager = request.parameter("fieldManager");
    if (manager.isEmpty()) {
      throw ApiFailure.badRequest("fieldManager is required for apply patch");
    }
    return manager;
  }
}
