package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.warren.local.apiserver.Store.Change;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One client's watch: a stream of lines, each a `WatchEvent`. Runs in the thread of its request
/// until the client goes (noticed by the next write, a bookmark at the latest), its time is over or
/// the server closes.
final class Watch {
  private static final Duration BOOKMARK_INTERVAL = Duration.ofSeconds(20);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Store store;
  private final Target target;
  private final Selector selector;
  private final ApiRequest request;
  private final Clock clock;
  private final OutputStream out;

  Watch(Store store, Target target, ApiRequest request, Clock clock, OutputStream out) {
    this.store = store;
    this.target = target;
    this.selector = request.selector();
    this.request = request;
    this.clock = clock;
    this.out = out;
  }

  void run() throws IOException, InterruptedException {
    out.flush();
    var end = clock.instant().plus(lifetime());
    try {
      var seen = start();
      while (clock.instant().isBefore(end)) {
        seen = follow(seen);
      }
    } catch (ApiFailure e) {
      send("ERROR", e.status());
    }
  }

  private Duration lifetime() {
    return Duration.ofSeconds(request.number("timeoutSeconds", LONGEST.toSeconds()));
  }

  /// Sends what there is, if the client did not list it before.
  ///
  /// @return the version that the client has seen
  private long start() throws IOException {
    var resumeFrom = request.number("resourceVersion", 0);
    if (resumeFrom > 0 && !request.isSet("sendInitialEvents")) {
      return resumeFrom;
    }
    var snapshot = store.list(target.type().id(), target.namespace());
    for (var document : snapshot.items()) {
      if (isWatched(document)) {
        sendDocument("ADDED", document);
      }
    }
    if (request.isSet("sendInitialEvents")) {
      sendBookmark(snapshot.version(), true);
    }
    return snapshot.version();
  }

  private long follow(long seen) throws IOException, InterruptedException {
    var changes = store.changesAfter(seen, BOOKMARK_INTERVAL);
    for (var change : changes) {
      sendChange(change);
    }
    if (changes.isEmpty()) {
      sendBookmark(seen, false);
      return seen;
    }
    return changes.getLast().version();
  }

  private void sendChange(Change change) throws IOException {
    var key = change.key();
    var isOfType = key.type().equals(target.type().id());
    if (!isOfType
        || !(target.namespace().isEmpty() || target.namespace().equals(key.namespace()))) {
      return;
    }
    var before = Optional.ofNullable(change.before()).filter(this::isWatched);
    var after = Optional.ofNullable(change.after()).filter(this::isWatched);
    if (after.isPresent()) {
      sendDocument(before.isPresent() ? "MODIFIED" : "ADDED", after.get());
    } else if (before.isPresent()) {
      sendDocument("DELETED", before.get());
    }
  }

  private boolean isWatched(ObjectNode document) {
    return selector.matches(document)
        && (target.isCollection() || target.name().equals(Json.name(document)));
  }

  private void sendDocument(String type, ObjectNode document) throws IOException {
    if (request.wantsTable()) {
      var now = Instant.now(clock);
      send(type, Tables.table(target.type(), List.of(document), Json.object(), now));
    } else {
      send(type, document);
    }
  }

  private void sendBookmark(long version, boolean endsInitialEvents) throws IOException {
    if (!request.isSet("allowWatchBookmarks")) {
      return;
    }
    var bookmark = Json.object(target.type().apiVersion(), target.type().kind());
    var metadata = bookmark.putObject("metadata").put("resourceVersion", Long.toString(version));
    if (endsInitialEvents) {
      metadata.putObject("annotations").put("k8s.io/initial-events-end", "true");
    }
    send("BOOKMARK", bookmark);
  }

  private void send(String type, ObjectNode document) throws IOException {
    out.write(Json.write(Json.object().put("type", type).set("object", document)));
    out.write('\n');
    out.flush();
  }
}
