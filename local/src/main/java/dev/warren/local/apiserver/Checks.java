package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.warren.local.apiserver.ApiFailure.Cause;
import java.util.List;
import java.util.regex.Pattern;

/// Whether a document is what its request's path says, and still the one that the client saw. Pure;
/// each throws an {@link ApiFailure} if not.
final class Checks {
  private static final String NAME = "metadata.name";
  private static final Pattern SUBDOMAIN = Pattern.compile("[a-z0-9]([-.a-z0-9]{0,251}[a-z0-9])?");

  private Checks() {}

  static void identity(Target target, ObjectNode document) {
    checkKind(target.type(), document);
    checkName(target.type(), Json.name(document));
    var namespace = Json.metadata(document).path("namespace").asText(target.namespace());
    var isElsewhere = target.type().namespaced() && !namespace.equals(target.namespace());
    var isOther = !target.isCollection() && !target.name().equals(Json.name(document));
    if (isElsewhere || isOther) {
      throw ApiFailure.badRequest(
          "the object is %s/%s, the path is that of %s/%s"
              .formatted(namespace, Json.name(document), target.namespace(), target.name()));
    }
  }

  private static void checkKind(ResourceType type, ObjectNode document) {
    var kind = document.path("kind").asText();
    var apiVersion = document.path("apiVersion").asText();
    if (!kind.equals(type.kind()) || !apiVersion.equals(type.apiVersion())) {
      throw ApiFailure.badRequest(
          "the object is a %s of %s, the path takes a %s of %s"
              .formatted(kind, apiVersion, type.kind(), type.apiVersion()));
    }
  }

  private static void checkName(ResourceType type, String name) {
    if (name.isEmpty()) {
      var message = "Required value: name or generateName is required";
      throw invalid(type, name, new Cause(NAME, "FieldValueRequired", message));
    }
    if (!SUBDOMAIN.matcher(name).matches() && !type.group().equals(BuiltInTypes.RBAC)) {
      var message =
          "Invalid value: \"%s\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character"
              .formatted(name);
      throw invalid(type, name, new Cause(NAME, "FieldValueInvalid", message));
    }
  }

  /// Custom resources may not be replaced blindly.
  static void versionNamed(Target target, ObjectNode document) {
    if (target.type().schema().isPresent() && !Json.metadata(document).has("resourceVersion")) {
      var message = "Invalid value: 0x0: must be specified for an update";
      var cause = new Cause("metadata.resourceVersion", "FieldValueInvalid", message);
      throw invalid(target.type(), target.name(), cause);
    }
  }

  static void sameObject(Target target, ObjectNode live, ObjectNode document) {
    var version = Json.metadata(document).path("resourceVersion").asText();
    if (!version.isEmpty()
        && !version.equals(Json.metadata(live).path("resourceVersion").asText())) {
      throw ApiFailure.conflict(
          target.key(),
          "the object has been modified; please apply your changes to the latest version and try again");
    }
    var uid = Json.uid(document);
    if (!uid.isEmpty() && !uid.equals(Json.uid(live))) {
      throw ApiFailure.conflict(
          target.key(),
          "Precondition failed: UID in precondition: %s, UID in object meta: %s"
              .formatted(uid, Json.uid(live)));
    }
  }

  private static ApiFailure invalid(ResourceType type, String name, Cause cause) {
    return ApiFailure.invalid(type, name, List.of(cause));
  }
}
