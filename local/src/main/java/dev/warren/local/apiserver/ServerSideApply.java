package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;

/// Server-side apply: what a manager applies is merged in, and what it applied before and leaves
/// out now is taken away unless another manager applied it too. Pure.
///
/// Only managers that apply are recorded, not those that update or patch, and nobody is told of a
/// conflict: the last to apply wins, as if all said `force`.
///
/// @param manager the field manager
/// @param subresource empty, or `status`
/// @param now time to record with a change
record ServerSideApply(String manager, String subresource, Instant now) {
  private static final Set<String> IDENTITY =
      Set.of("name", "namespace", "generateName", "uid", "resourceVersion");

  /// The document with the applied one merged in and with the manager's fields recorded.
  ObjectNode apply(ObjectNode live, ObjectNode applied, ResourceType type) {
    var fields = FieldSet.of(withoutIdentity(applied), type.shape());
    var previous = entryFields(live, true);
    var kept = FieldSet.union(fields, entryFields(live, false));
    var merged = Merge.merge(live, applied, type.shape());
    var result = FieldSet.without(merged, previous, kept, type.shape());
    if (!fields.equals(previous)) {
      record(result, fields);
    }
    return result;
  }

  private static ObjectNode withoutIdentity(ObjectNode applied) {
    var copy = applied.deepCopy();
    copy.remove(Set.of("apiVersion", "kind"));
    var metadata = Json.metadata(copy);
    metadata.remove(IDENTITY);
    if (metadata.isEmpty()) {
      copy.remove("metadata");
    }
    return copy;
  }

  /// Fields that this manager, or that all others, applied before.
  private ObjectNode entryFields(ObjectNode live, boolean own) {
    var fields = Json.object();
    for (var entry : Json.metadata(live).path("managedFields")) {
      if (isOwn(entry) == own && entry.get("fieldsV1") instanceof ObjectNode set) {
        fields = FieldSet.union(fields, set);
      }
    }
    return fields;
  }

  private boolean isOwn(JsonNode entry) {
    return entry.path("manager").asText().equals(manager)
        && entry.path("subresource").asText().equals(subresource);
  }

  private void record(ObjectNode document, ObjectNode fields) {
    var metadata = Json.metadata(document);
    var entries =
        metadata.get("managedFields") instanceof ArrayNode list
            ? list
            : metadata.putArray("managedFields");
    entries.removeIf(this::isOwn);
    var entry = entries.addObject().put("manager", manager).put("operation", "Apply");
    entry.put("apiVersion", document.path("apiVersion").asText());
    entry.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    entry.put("fieldsType", "FieldsV1").set("fieldsV1", fields);
    if (!subresource.isEmpty()) {
      entry.put("subresource", subresource);
    }
  }
}
