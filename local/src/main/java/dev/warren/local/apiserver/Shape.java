package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// How a part of a document merges: a view that follows the document's structure and says for each
/// list whether it is one value, a set, or a map by some keys. Pure.
sealed interface Shape {
  /// How a list merges.
  sealed interface ListKind {
    /// The whole list is one value.
    record Atomic() implements ListKind {}

    /// A set of scalars.
    record Values() implements ListKind {}

    /// Objects that are the same if they have the same of these fields with the same values.
    record Keyed(List<String> keys) implements ListKind {}
  }

  Shape field(String name);

  Shape item();

  ListKind list();

  /// Of RFC 7386: every list is one value.
  record Plain() implements Shape {
    @Override
    public Shape field(String name) {
      return this;
    }

    @Override
    public Shape item() {
      return this;
    }

    @Override
    public ListKind list() {
      return new ListKind.Atomic();
    }
  }

  /// Of built-in kinds, where the name of a list's field is enough to know how it merges.
  ///
  /// @param name of the field that holds this part
  record Named(String name) implements Shape {
    private static final Map<String, ListKind> LISTS =
        Map.ofEntries(
            Map.entry("containers", keyed("name")),
            Map.entry("initContainers", keyed("name")),
            Map.entry("env", keyed("name")),
            // Of a container, or of a Service.
            Map.entry("ports", keyed("containerPort", "port")),
            Map.entry("volumes", keyed("name")),
            Map.entry("volumeMounts", keyed("mountPath")),
            Map.entry("imagePullSecrets", keyed("name")),
            Map.entry("conditions", keyed("type")),
            Map.entry("ownerReferences", keyed("uid")),
            Map.entry("topologySpreadConstraints", keyed("topologyKey", "whenUnsatisfiable")),
            Map.entry("finalizers", new ListKind.Values()));

    @Override
    public Shape field(String field) {
      return new Named(field);
    }

    @Override
    public Shape item() {
      return new Named("");
    }

    @Override
    public ListKind list() {
      return LISTS.getOrDefault(name, new ListKind.Atomic());
    }

    private static ListKind keyed(String... keys) {
      return new ListKind.Keyed(List.of(keys));
    }
  }

  /// Of custom resources: the schema says it.
  record Described(JsonNode schema) implements Shape {
    @Override
    public Shape field(String field) {
      if (field.equals("metadata")) {
        return new Named(field);
      }
      var property = schema.path("properties").path(field);
      return new Described(
          property instanceof MissingNode ? schema.path("additionalProperties") : property);
    }

    @Override
    public Shape item() {
      return new Described(schema.path("items"));
    }

    @Override
    public ListKind list() {
      return switch (schema.path("x-kubernetes-list-type").asText()) {
        case "set" -> new ListKind.Values();
        case "map" ->
            new ListKind.Keyed(
                StreamSupport.stream(schema.path("x-kubernetes-list-map-keys").spliterator(), false)
                    .map(JsonNode::asText)
                    .toList());
        default -> new ListKind.Atomic();
      };
    }
  }
}
