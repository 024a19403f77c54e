package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;

/// Answers requests about stored objects. Any thread may call.
final class Resources {
  private final Store store;
  private final Writes writes;
  private final Clock clock;

  Resources(Store store, Clock clock) {
    this.store = store;
    this.writes = new Writes(store, clock);
    this.clock = clock;
  }

  /// @throws ApiFailure if there is no good answer
  Answer answer(Target target, ApiRequest request) {
    return target.isCollection() ? collection(target, request) : object(target, request);
  }

  private Answer collection(Target target, ApiRequest request) {
    return switch (request.method()) {
      case "GET" -> new Answer(200, list(target, request));
      case "POST" -> create(target, request);
      case "DELETE" -> new Answer(200, deleteAll(target, request));
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Answer object(Target target, ApiRequest request) {
    var options = Writes.Options.of(request);
    return switch (request.method()) {
      case "GET" -> new Answer(200, get(target, request));
      case "PUT" -> answer(target, writes.update(target, request.document(), options));
      case "PATCH" -> patch(target, request, options);
      case "DELETE" -> new Answer(200, writes.delete(target, Deletion.of(request)));
      default -> throw ApiFailure.methodNotAllowed();
    };
  }

  private Answer create(Target target, ApiRequest request) {
    return new Answer(201, writes.create(target, request.document(), Writes.Options.of(request)));
  }

  private Answer patch(Target target, ApiRequest request, Writes.Options options) {
    var patch = Patch.of(request, target.subresource(), clock.instant());
    return answer(target, writes.patch(target, patch, options));
  }

  private static Answer answer(Target target, ObjectNode document) {
    return new Answer(200, view(target, document));
  }

  /// The document, or the Scale that stands for it.
  private static ObjectNode view(Target target, ObjectNode document) {
    return target.subresource().equals("scale")
        ? Scale.of(document, target.type().scale().orElseThrow())
        : document;
  }

  private ObjectNode get(Target target, ApiRequest request) {
    var document = store.get(target.key()).orElseThrow(() -> ApiFailure.notFound(target.key()));
    return request.wantsTable()
        ? Tables.table(target.type(), List.of(document), Json.object(), clock.instant())
        : view(target, document);
  }

  private ObjectNode list(Target target, ApiRequest request) {
    var snapshot = store.list(target.type().id(), target.namespace());
    var page = Page.of(snapshot, request);
    if (request.wantsTable()) {
      return Tables.table(target.type(), page.items(), page.metadata(), clock.instant());
    }
    var list = Json.object(target.type().apiVersion(), target.type().kind() + "List");
    list.set("metadata", page.metadata());
    list.putArray("items").addAll(page.items());
    return list;
  }

  private ObjectNode deleteAll(Target target, ApiRequest request) {
    var list = list(target, request);
    var deletion = Deletion.of(request);
    for (var item : list.path("items")) {
      var namespace = Json.metadata(item).path("namespace").asText();
      var one = new Target(target.type(), namespace, Json.name(item), "");
      try {
        writes.delete(one, deletion);
      } catch (ApiFailure e) {
        if (e.code() != 404) {
          throw e;
        }
      }
    }
    return list;
  }
}
