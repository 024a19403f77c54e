package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// How an object is to be deleted (`DeleteOptions`). The propagation policy is accepted and has no
/// effect: dependents always go in the background.
///
/// @param graceSeconds negative for the object's own
/// @param uid the object must have it; empty for any
/// @param resourceVersion likewise
record Deletion(long graceSeconds, String uid, String resourceVersion, boolean dryRun) {
  private static final long DEFAULT_GRACE_SECONDS = 30;

  /// As the object itself says, whatever it is by now.
  static final Deletion PLAIN = new Deletion(-1, "", "", false);

  static Deletion of(ApiRequest request) {
    var options = request.document();
    var preconditions = options.path("preconditions");
    return new Deletion(
        options.path("gracePeriodSeconds").asLong(request.number("gracePeriodSeconds", -1)),
        preconditions.path("uid").asText(),
        preconditions.path("resourceVersion").asText(),
        options.path("dryRun").path(0).asText(request.parameter("dryRun")).equals("All"));
  }

  /// @throws ApiFailure if the object is not the one that was meant
  void check(ObjectKey key, ObjectNode live) {
    require(key, "UID", uid, Json.uid(live));
    var version = Json.metadata(live).path("resourceVersion").asText();
    require(key, "ResourceVersion", resourceVersion, version);
  }

  private static void require(ObjectKey key, String what, String wanted, String actual) {
    if (!wanted.isEmpty() && !wanted.equals(actual)) {
      throw ApiFailure.conflict(
          key,
          "Precondition failed: %s in precondition: %s, %s in object meta: %s"
              .formatted(what, wanted, what, actual));
    }
  }

  /// Seconds that a pod has to stop; nothing else has any.
  long grace(ResourceType type, ObjectNode live) {
    if (!type.is("Pod")) {
      return 0;
    }
    var own = live.path("spec").path("terminationGracePeriodSeconds").asLong(DEFAULT_GRACE_SECONDS);
    return graceSeconds >= 0 ? graceSeconds : own;
  }
}
