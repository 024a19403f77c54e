package dev.warren.operator.broker;

import static dev.warren.operator.broker.JsonList.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import org.pcollections.TreePMap;

/// Reads the users of a broker and what they may do, in three calls for all vhosts. May be called
/// by any thread.
final class AccountsReader {
  private final ManagementApi api;

  AccountsReader(ManagementApi api) {
    this.api = api;
  }

  /// All users and permissions.
  ///
  /// @param before what is to be shared where it did not change
  Accounts read(Accounts before) {
    var hashes = api.read("users", AccountsReader::hashes).orElse(Map.of());
    var topics = api.read("topic-permissions", AccountsReader::topics).orElse(Map.of());
    var granted =
        api.read("permissions", body -> permissions(body, topics))
            .orElseGet(Map::<String, Map<String, Permissions>>of);
    return new Accounts(
        Successor.of(before.passwordHashes(), hashes),
        Successor.of(before.permissions(), shared(before, granted)));
  }

  private static Map<String, TreePMap<String, Permissions>> shared(
      Accounts before, Map<String, Map<String, Permissions>> granted) {
    var shared = new HashMap<String, TreePMap<String, Permissions>>();
    granted.forEach(
        (vhost, users) -> shared.put(vhost, Successor.of(before.permissionsIn(vhost), users)));
    return shared;
  }

  private static Map<String, String> hashes(InputStream body) throws IOException {
    var hashes = new HashMap<String, String>();
    JsonList.read(body, user -> hashes.put(text(user, "name"), text(user, "password_hash")));
    return hashes;
  }

  private static Map<Holder, Map<String, String>> topics(InputStream body) throws IOException {
    var topics = new HashMap<Holder, Map<String, String>>();
    JsonList.read(
        body,
        node ->
            topics
                .computeIfAbsent(Holder.of(node), holder -> new HashMap<>())
                .put(text(node, "exchange"), text(node, "write")));
    return topics;
  }

  private static Map<String, Map<String, Permissions>> permissions(
      InputStream body, Map<Holder, Map<String, String>> topics) throws IOException {
    var granted = new HashMap<String, Map<String, Permissions>>();
    JsonList.read(
        body,
        node ->
            granted
                .computeIfAbsent(text(node, "vhost"), vhost -> new HashMap<>())
                .put(
                    text(node, "user"),
                    new Permissions(
                        text(node, "configure"),
                        text(node, "write"),
                        text(node, "read"),
                        topics.getOrDefault(Holder.of(node), Map.of()))));
    return granted;
  }

  private record Holder(String vhost, String user) {
    static Holder of(JsonNode node) {
      return new Holder(text(node, "vhost"), text(node, "user"));
    }
  }
}
