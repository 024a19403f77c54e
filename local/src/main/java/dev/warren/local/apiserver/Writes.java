package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Creates, changes and deletes objects. Any thread may call; each write is one step of the {@link
/// Store}.
final class Writes {
  private final Store store;
  private final Clock clock;

  /// How a write is to be done.
  ///
  /// @param dryRun whether to answer as if it were done, and not do it
  /// @param strict see {@link Admission}
  record Options(boolean dryRun, boolean strict) {
    static final Options PLAIN = new Options(false, false);

    static Options of(ApiRequest request) {
      return new Options(
          request.parameter("dryRun").equals("All"),
          request.parameter("fieldValidation").equals("Strict"));
    }
  }

  Writes(Store store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  ObjectNode create(Target collection, ObjectNode document, Options options) {
    var metadata = document.withObjectProperty("metadata");
    if (Json.name(document).isEmpty() && metadata.has("generateName")) {
      var suffix = UUID.randomUUID().toString().substring(0, 5);
      metadata.put("name", metadata.path("generateName").asText() + suffix);
    }
    Checks.identity(collection, document);
    var target = collection.named(Json.name(document));
    return write(
        target,
        options,
        before -> {
          if (before != null) {
            throw ApiFailure.alreadyExists(target.key());
          }
          return created(target, document, options);
        });
  }

  ObjectNode update(Target target, ObjectNode document, Options options) {
    return write(
        target,
        options,
        before -> {
          var live = existing(target, before);
          if (target.subresource().equals("scale")) {
            var paths = target.type().scale().orElseThrow();
            return changed(target, live, Scale.resized(live, document, paths), options);
          }
          Checks.identity(target, document);
          Checks.versionNamed(target, document);
          return changed(target, live, document, options);
        });
  }

  ObjectNode patch(Target target, Patch patch, Options options) {
    return write(
        target,
        options,
        before ->
            before == null && patch instanceof Patch.Apply && target.subresource().isEmpty()
                ? created(target, patch.apply(empty(target), target.type()), options)
                : patched(target, existing(target, before), patch, options));
  }

  ObjectNode delete(Target target, Deletion deletion) {
    return write(
        target,
        new Options(deletion.dryRun(), false),
        before -> {
          var live = existing(target, before);
          deletion.check(target.key(), live);
          return lifecycle(target).deleted(live, deletion.grace(target.type(), live));
        });
  }

  private ObjectNode write(
      Target target, Options options, UnaryOperator<@Nullable ObjectNode> change) {
    if (options.dryRun()) {
      var before = store.get(target.key()).orElse(null);
      var after = change.apply(before);
      return after == null ? existing(target, before) : after;
    }
    return store.write(target.key(), change).orElseThrow();
  }

  private ObjectNode created(Target target, ObjectNode document, Options options) {
    checkNamespace(target);
    var created = lifecycle(target).created(document, target.namespace());
    return admitted(target, created, options);
  }

  private @Nullable ObjectNode patched(
      Target target, ObjectNode live, Patch patch, Options options) {
    if (target.subresource().equals("scale")) {
      var paths = target.type().scale().orElseThrow();
      var scale = patch.apply(Scale.of(live, paths), target.type());
      return changed(target, live, Scale.resized(live, scale, paths), options);
    }
    var after = patch.apply(live, target.type());
    after.withObjectProperty("metadata");
    return changed(target, live, after, options);
  }

  private @Nullable ObjectNode changed(
      Target target, ObjectNode live, ObjectNode document, Options options) {
    Checks.sameObject(target, live, document);
    var admitted = admitted(target, document.deepCopy(), options);
    return target.subresource().equals("status")
        ? lifecycle(target).statusUpdated(live, admitted)
        : lifecycle(target).updated(live, admitted);
  }

  private ObjectNode admitted(Target target, ObjectNode document, Options options) {
    return Admission.admit(document, target.type(), options.strict(), clock.instant());
  }

  private Lifecycle lifecycle(Target target) {
    return new Lifecycle(target.type(), clock.instant());
  }

  private static ObjectNode empty(Target target) {
    var document = Json.object(target.type().apiVersion(), target.type().kind());
    document.putObject("metadata").put("name", target.name());
    return document;
  }

  private static ObjectNode existing(Target target, @Nullable ObjectNode document) {
    if (document == null) {
      throw ApiFailure.notFound(target.key());
    }
    return document;
  }

  private void checkNamespace(Target target) {
    if (!target.type().namespaced()) {
      return;
    }
    var key = ObjectKey.ofNamespace(target.namespace());
    var namespace = store.get(key).orElseThrow(() -> ApiFailure.notFound(key));
    if (Json.isBeingDeleted(namespace)) {
      throw ApiFailure.namespaceTerminating(target.key());
    }
  }
}
