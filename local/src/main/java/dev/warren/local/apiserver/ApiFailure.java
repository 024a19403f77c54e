package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// A request that ends with an error: everything that a `Status` object says about it.
final class ApiFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int code;
  private final String reason;
  private final transient Subject subject;
  private final transient List<Cause> causes;

  /// What the request was about; empty where it was about no object.
  ///
  /// @param kind plural or kind
  record Subject(String group, String kind, String name) {
    static final Subject NONE = new Subject("", "", "");

    static Subject of(ObjectKey key) {
      var parts = key.type().split("\\.", 2);
      return new Subject(parts.length > 1 ? parts[1] : "", parts[0], key.name());
    }
  }

  /// What is wrong with one field.
  ///
  /// @param field path such as `spec.retry.initialDelay`
  /// @param reason such as `FieldValueInvalid`
  /// @param message without the field's path
  record Cause(String field, String reason, String message) {
    @Override
    public String toString() {
      return field + ": " + message;
    }
  }

  private ApiFailure(int code, String reason, String message, Subject subject, List<Cause> causes) {
    super(message);
    this.code = code;
    this.reason = reason;
    this.subject = subject;
    this.causes = List.copyOf(causes);
  }

  private static ApiFailure of(int code, String reason, String message) {
    return new ApiFailure(code, reason, message, Subject.NONE, List.of());
  }

  private static ApiFailure of(int code, String reason, String message, ObjectKey key) {
    return new ApiFailure(code, reason, message, Subject.of(key), List.of());
  }

  static ApiFailure badRequest(String message) {
    return of(400, "BadRequest", message);
  }

  static ApiFailure namespaceTerminating(ObjectKey key) {
    return new ApiFailure(
        403,
        "Forbidden",
        "%s is forbidden: unable to create new content in namespace %s because it is being terminated"
            .formatted(key, key.namespace()),
        Subject.of(key),
        List.of(
            new Cause(
                "metadata.namespace",
                "NamespaceTerminating",
                "namespace %s is being terminated".formatted(key.namespace()))));
  }

  /// @param user who wanted this, and may not
  static ApiFailure forbidden(String user, String verb, Target target) {
    var key = target.key();
    return of(
        403,
        "Forbidden",
        "%s is forbidden: User \"%s\" cannot %s resource \"%s\" %s"
            .formatted(
                target.name().isEmpty() ? key.type() : key,
                user,
                verb,
                key.type(),
                key.namespace().isEmpty()
                    ? "at the cluster scope"
                    : "in the namespace \"%s\"".formatted(key.namespace())),
        key);
  }

  static ApiFailure noSuchPath() {
    return of(404, "NotFound", "the server could not find the requested resource");
  }

  static ApiFailure notFound(ObjectKey key) {
    return of(404, "NotFound", key + " not found", key);
  }

  static ApiFailure methodNotAllowed() {
    return of(
        405, "MethodNotAllowed", "the server does not allow this method on the requested resource");
  }

  static ApiFailure alreadyExists(ObjectKey key) {
    return of(409, "AlreadyExists", key + " already exists", key);
  }

  static ApiFailure conflict(ObjectKey key, String why) {
    return of(409, "Conflict", "Operation cannot be fulfilled on %s: %s".formatted(key, why), key);
  }

  /// Answered where a watch asks for changes that are no longer remembered: list again.
  static ApiFailure expired(long version) {
    return of(410, "Expired", "too old resource version: %d".formatted(version));
  }

  static ApiFailure unsupportedMediaType(String mediaType) {
    return of(
        415,
        "UnsupportedMediaType",
        "this server does not read '%s' here; send JSON or YAML, as kubectl apply -f does"
            .formatted(mediaType));
  }

  static ApiFailure unprocessable(String message) {
    return of(422, "Invalid", message);
  }

  static ApiFailure invalid(ResourceType type, String name, List<Cause> causes) {
    var qualified = type.group().isEmpty() ? type.kind() : type.kind() + "." + type.group();
    var problems = causes.size() == 1 ? causes.getFirst().toString() : causes.toString();
    return new ApiFailure(
        422,
        "Invalid",
        "%s \"%s\" is invalid: %s".formatted(qualified, name, problems),
        new Subject(type.group(), type.kind(), name),
        causes);
  }

  static ApiFailure unexpected(Exception cause) {
    var failure = of(500, "InternalError", "Internal error: " + cause);
    failure.initCause(cause);
    return failure;
  }

  int code() {
    return code;
  }

  ObjectNode status() {
    var status = Json.object("v1", "Status");
    status.putObject("metadata");
    status.put("status", "Failure").put("message", getMessage());
    status.put("reason", reason).put("code", code);
    var details = status.putObject("details");
    details.put("group", subject.group()).put("kind", subject.kind()).put("name", subject.name());
    for (var cause : causes) {
      details
          .withArrayProperty("causes")
          .addObject()
          .put("field", cause.field())
          .put("reason", cause.reason())
          .put("message", cause.message());
    }
    return status;
  }
}
