package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/// Finds what should go because something else went. Pure.
final class Dependents {
  private Dependents() {}

  /// Those of the objects that name owners of which none exists any more.
  ///
  /// @param living whether an object of this uid exists
  static List<ObjectKey> orphans(Map<ObjectKey, ObjectNode> objects, Predicate<String> living) {
    return objects.entrySet().stream()
        .filter(entry -> !Json.isBeingDeleted(entry.getValue()))
        .filter(entry -> isOrphan(entry.getValue(), living))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean isOrphan(JsonNode object, Predicate<String> living) {
    var owners = Json.metadata(object).path("ownerReferences");
    return !owners.isEmpty()
        && StreamSupport.stream(owners.spliterator(), false)
            .noneMatch(owner -> living.test(owner.path("uid").asText()));
  }

  /// Objects in a namespace that is being deleted.
  static List<ObjectKey> contents(Map<ObjectKey, ObjectNode> objects) {
    var terminating = terminating(objects);
    return objects.entrySet().stream()
        .filter(entry -> terminating.contains(entry.getKey().namespace()))
        .filter(entry -> !Json.isBeingDeleted(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Namespaces that are being deleted and have nothing left in them.
  static List<ObjectKey> emptied(Map<ObjectKey, ObjectNode> objects) {
    var terminating = terminating(objects);
    objects.keySet().forEach(key -> terminating.remove(key.namespace()));
    return terminating.stream().map(ObjectKey::ofNamespace).toList();
  }

  private static Set<String> terminating(Map<ObjectKey, ObjectNode> objects) {
    var names = new HashSet<String>();
    objects.forEach(
        (key, object) -> {
          if (key.isNamespace() && Json.isBeingDeleted(object)) {
            names.add(key.name());
          }
        });
    return names;
  }
}
