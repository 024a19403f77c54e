package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What happens to a document's metadata when it is created, changed and deleted, and which part of
/// it a request may change. Pure but for the UUIDs.
///
/// @param type of the document
/// @param now time to stamp with, whole seconds
record Lifecycle(ResourceType type, Instant now) {
  private static final String MANAGED_FIELDS = "managedFields";
  private static final Set<String> PER_OBJECT =
      Set.of("uid", "resourceVersion", "creationTimestamp", "generation", "deletionTimestamp");
  private static final List<String> IMMUTABLE =
      List.of(
          "name",
          "namespace",
          "uid",
          "resourceVersion",
          "creationTimestamp",
          "generateName",
          "deletionTimestamp",
          "deletionGracePeriodSeconds");

  Lifecycle {
    now = now.truncatedTo(ChronoUnit.SECONDS);
  }

  /// A new object from what the client sent; its name is set already.
  ObjectNode created(ObjectNode document, String namespace) {
    var created = document.deepCopy();
    if (type.status()) {
      created.remove("status");
    }
    var metadata = Json.metadata(created);
    metadata.remove(PER_OBJECT);
    if (type.namespaced()) {
      metadata.put("namespace", namespace);
    }
    metadata.put("uid", UUID.randomUUID().toString()).put("creationTimestamp", now.toString());
    if (hasGeneration(created)) {
      metadata.put("generation", 1);
    }
    return created;
  }

  /// The object after a write of everything but its status.
  ///
  /// @return null if this write took away the last reason to keep a deleted object
  @Nullable ObjectNode updated(ObjectNode before, ObjectNode document) {
    var after = document.deepCopy();
    if (type.status()) {
      after.remove("status");
      setIfPresent(after, "status", before.get("status"));
    }
    keepIdentity(before, after);
    if (isGone(after)) {
      return null;
    }
    if (hasGeneration(after) && !content(before).equals(content(after))) {
      raiseGeneration(after);
    }
    return after;
  }

  /// The object after a write of its status.
  ObjectNode statusUpdated(ObjectNode before, ObjectNode document) {
    var after = before.deepCopy();
    after.remove("status");
    setIfPresent(after, "status", document.get("status"));
    var metadata = Json.metadata(after);
    metadata.remove(MANAGED_FIELDS);
    setIfPresent(metadata, MANAGED_FIELDS, Json.metadata(document).get(MANAGED_FIELDS));
    return after;
  }

  /// The object after a request to delete it.
  ///
  /// @param graceSeconds how long a pod has to stop
  /// @return null if nothing keeps it
  @Nullable ObjectNode deleted(ObjectNode before, long graceSeconds) {
    if (!isHeld(before, graceSeconds)) {
      return null;
    }
    if (Json.isBeingDeleted(before)) {
      return before;
    }
    var after = before.deepCopy();
    var metadata = Json.metadata(after);
    metadata.put("deletionTimestamp", now.plusSeconds(graceSeconds).toString());
    metadata.put("deletionGracePeriodSeconds", graceSeconds);
    if (metadata.has("generation")) {
      raiseGeneration(after);
    }
    if (type.is("Namespace")) {
      after.putObject("status").put("phase", "Terminating");
    }
    return after;
  }

  private boolean isHeld(ObjectNode before, long graceSeconds) {
    return !Json.metadata(before).path("finalizers").isEmpty()
        || !before.path("spec").path("finalizers").isEmpty()
        || (runsOnNode(before) && graceSeconds > 0);
  }

  /// Whether a kubelet has the last word on a deletion.
  private boolean runsOnNode(JsonNode document) {
    return type.is("Pod") && document.path("spec").has("nodeName");
  }

  private boolean isGone(ObjectNode after) {
    return Json.isBeingDeleted(after)
        && Json.metadata(after).path("finalizers").isEmpty()
        && after.path("spec").path("finalizers").isEmpty()
        && !runsOnNode(after);
  }

  private static void keepIdentity(ObjectNode before, ObjectNode after) {
    after.set("apiVersion", before.get("apiVersion"));
    after.set("kind", before.get("kind"));
    var old = Json.metadata(before);
    var metadata = Json.metadata(after);
    for (var field : IMMUTABLE) {
      metadata.remove(field);
      setIfPresent(metadata, field, old.get(field));
    }
    metadata.remove("generation");
    setIfPresent(metadata, "generation", old.get("generation"));
    if (!metadata.has(MANAGED_FIELDS)) {
      setIfPresent(metadata, MANAGED_FIELDS, old.get(MANAGED_FIELDS));
    }
  }

  private static void setIfPresent(ObjectNode object, String field, @Nullable JsonNode value) {
    if (value != null) {
      object.set(field, value);
    }
  }

  private boolean hasGeneration(ObjectNode document) {
    return type.schema().isPresent() || document.has("spec");
  }

  private ObjectNode content(ObjectNode document) {
    var content = document.deepCopy();
    content.remove("metadata");
    return type.status() ? content.without("status") : content;
  }

  private static void raiseGeneration(ObjectNode document) {
    var metadata = Json.metadata(document);
    metadata.put("generation", metadata.path("generation").asLong() + 1);
  }
}
