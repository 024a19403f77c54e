package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
      out.flush();
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
        sendDocument("ADDED", document, new JsonText(document));
      }
    }
    if (request.isSet("sendInitialEvents")) {
      sendBookmark(snapshot.version(), true);
    }
    out.flush();
    return snapshot.version();
  }

  private long follow(long seen) throws IOException, InterruptedException {
    var changes = store.changesAfter(target.type().id(), seen, BOOKMARK_INTERVAL);
    for (var change : changes.list()) {
      sendChange(change);
    }
    if (changes.list().isEmpty()) {
      sendBookmark(changes.version(), false);
    }
    out.flush();
    return changes.version();
  }

  private void sendChange(Change change) throws IOException {
    if (!target.namespace().isEmpty() && !target.namespace().equals(change.key().namespace())) {
      return;
    }
    var wasWatched = change.before() != null && isWatched(change.before());
    if (change.after() != null && isWatched(change.after())) {
      sendDocument(wasWatched ? "MODIFIED" : "ADDED", change.after(), change.latest());
    } else if (change.before() != null && wasWatched) {
      sendDocument("DELETED", change.before(), change.latest());
    }
  }

  private boolean isWatched(ObjectNode document) {
    return selector.matches(document)
        && (target.isCollection() || target.name().equals(Json.name(document)));
  }

  /// @param text what a client gets that wants no table
  private void sendDocument(String type, ObjectNode document, JsonText text) throws IOException {
    if (request.wantsTable()) {
      var now = Instant.now(clock);
      send(type, Tables.table(target.type(), List.of(document), Json.object(), now));
    } else {
      send(type, text.bytes());
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

  private void send(String type, ObjectNode object) throws IOException {
    send(type, Json.write(object));
  }

  /// Reaches the client with the next flush.
  private void send(String type, byte[] object) throws IOException {
    out.write(ascii("{\"type\":\"" + type + "\",\"object\":"));
    out.write(object);
    out.write(ascii("}\n"));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
