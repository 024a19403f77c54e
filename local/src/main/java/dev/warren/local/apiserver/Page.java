package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// A part of a list, as `limit` and `continue` ask for it. Pure.
///
/// Every page has the version of the first, but its own objects as they are when it is read.
/// Whoever watches from that version on gets all that changed meanwhile, and so ends with what
/// there is.
///
/// @param version of the first page
/// @param next where the next page begins; empty if there is none
/// @param remaining objects on later pages
record Page(long version, List<ObjectNode> items, Optional<Start> next, long remaining) {
  Page {
    items = List.copyOf(items);
  }

  /// Where a page begins, as the client carries it from one request to the next.
  ///
  /// @param namespace of the last object on the page before; empty for a cluster-scoped one
  /// @param name likewise
  record Start(long version, String namespace, String name) {
    static Start parse(String token) {
      try {
        var text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        var parts = text.split("/", -1);
        return new Start(Long.parseLong(parts[0]), parts[1], parts[2]);
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException _) {
        throw ApiFailure.badRequest("continue key is not valid: '%s'".formatted(token));
      }
    }

    String token() {
      var text = "%d/%s/%s".formatted(version, namespace, name);
      return Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean isBefore(ObjectNode document) {
      var byNamespace = namespace.compareTo(namespaceOf(document));
      return byNamespace < 0 || (byNamespace == 0 && name.compareTo(Json.name(document)) < 0);
    }
  }

  /// The part of the objects, which are ordered by namespace and name, that a request asks for.
  static Page of(Store.Snapshot snapshot, ApiRequest request) {
    var selector = request.selector();
    var start = Optional.of(request.parameter("continue")).filter(it -> !it.isEmpty());
    var begin = start.map(Start::parse);
    var rest =
        snapshot.items().stream()
            .filter(document -> begin.isEmpty() || begin.get().isBefore(document))
            .filter(selector::matches)
            .toList();
    var version = begin.map(Start::version).orElse(snapshot.version());
    var limit = request.number("limit", 0);
    if (limit <= 0 || rest.size() <= limit) {
      return new Page(version, rest, Optional.empty(), 0);
    }
    var items = rest.subList(0, (int) limit);
    var last = items.getLast();
    var next = new Start(version, namespaceOf(last), Json.name(last));
    return new Page(version, items, Optional.of(next), rest.size() - limit);
  }

  /// Metadata of the list.
  ObjectNode metadata() {
    var metadata = Json.object().put("resourceVersion", Long.toString(version));
    next.ifPresent(
        start -> metadata.put("continue", start.token()).put("remainingItemCount", remaining));
    return metadata;
  }

  private static String namespaceOf(ObjectNode document) {
    return Json.metadata(document).path("namespace").asText();
  }
}
