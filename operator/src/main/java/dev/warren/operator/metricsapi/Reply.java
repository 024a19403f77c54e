package dev.warren.operator.metricsapi;

import java.util.LinkedHashMap;
import java.util.Map;

/// What is answered: a status code and a document, which becomes JSON, or a text.
///
/// @param body an object of maps, lists, texts and numbers, or a bare text
record Reply(int code, Object body) {
  static Reply ok(Object body) {
    return new Reply(200, body);
  }

  /// The request cannot be understood.
  static Reply badRequest(String message) {
    return failure(400, "BadRequest", message);
  }

  /// Nobody known asks.
  static Reply unauthorized(String message) {
    return failure(401, "Unauthorized", message);
  }

  /// Who asks is known, and may not.
  static Reply forbidden(String message) {
    return failure(403, "Forbidden", message);
  }

  /// There is no such thing.
  static Reply notFound(String message) {
    return failure(404, "NotFound", message);
  }

  /// It can only be read.
  static Reply methodNotAllowed(String message) {
    return failure(405, "MethodNotAllowed", message);
  }

  /// The operator failed.
  static Reply internalError(String message) {
    return failure(500, "InternalError", message);
  }

  /// It is not known now.
  static Reply unavailable(String message) {
    return failure(503, "ServiceUnavailable", message);
  }

  /// A `Status`, as every API server of Kubernetes answers what it cannot do.
  private static Reply failure(int code, String reason, String message) {
    var status = new LinkedHashMap<String, Object>();
    status.put("kind", "Status");
    status.put("apiVersion", "v1");
    status.put("metadata", Map.of());
    status.put("status", "Failure");
    status.put("message", message);
    status.put("reason", reason);
    status.put("code", code);
    return new Reply(code, status);
  }
}
