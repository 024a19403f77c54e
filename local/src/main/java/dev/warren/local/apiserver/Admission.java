package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// What a document goes through before it is stored: defaults and, for a custom resource, pruning
/// and validation. Pure.
final class Admission {
  private Admission() {}

  /// @param strict whether an unknown field is an error instead of being dropped
  /// @throws ApiFailure if the document is not valid
  static ObjectNode admit(ObjectNode document, ResourceType type, boolean strict, Instant now) {
    if (type.schema().isEmpty()) {
      return BuiltInDefaults.set(document, type, now);
    }
    var schema = type.schema().get();
    var unknown = Schemas.prune(document, schema);
    if (strict && !unknown.isEmpty()) {
      throw ApiFailure.badRequest(
          "strict decoding error: unknown field \"%s\""
              .formatted(String.join("\", unknown field \"", unknown)));
    }
    Schemas.setDefaults(document, schema);
    var causes = Validation.validate(document, schema);
    if (!causes.isEmpty()) {
      throw ApiFailure.invalid(type, Json.name(document), causes);
    }
    return document;
  }
}
