package dev.warren.operator.broker;

import static dev.warren.operator.broker.JsonList.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.function.Consumer;

/// Reads who holds deliveries in a vhost, in two calls for all of its consumers. May be called by
/// any thread.
final class HoldingsReader {
  /// What follows it in a consumer's tag tells a pod's consumers apart.
  private static final String NUMBER = "/";

  /// @param held empty while the broker has not counted
  private record Channel(String address, boolean counted, long held) {}

  private final ManagementApi api;

  HoldingsReader(ManagementApi api) {
    this.api = api;
  }

  Holdings read(String vhost) {
    var in = ManagementApi.segment(vhost);
    var channels = new HashMap<String, Channel>();
    read(
        "vhosts/%s/channels?columns=name,messages_unacknowledged,connection_details.peer_host"
            .formatted(in),
        node -> channels.put(text(node, "name"), channel(node)));
    var pods = new HashMap<String, String>();
    read(
        "consumers/%s?columns=consumer_tag,channel_details.name".formatted(in),
        node ->
            pods.put(text(node.path("channel_details"), "name"), pod(text(node, "consumer_tag"))));
    var byPod = new HashMap<String, Long>();
    var byAddress = new HashMap<String, Long>();
    pods.forEach(
        (name, pod) -> {
          var channel = channels.get(name);
          if (channel != null && channel.counted()) {
            byPod.merge(pod, channel.held(), Long::sum);
            byAddress.merge(channel.address(), channel.held(), Long::sum);
          }
        });
    return new Holdings(byPod, byAddress);
  }

  private void read(String path, Consumer<JsonNode> each) {
    api.read(
        path,
        body -> {
          JsonList.read(body, each);
          return true;
        });
  }

  private static Channel channel(JsonNode node) {
    var held = node.path("messages_unacknowledged");
    return new Channel(
        text(node.path("connection_details"), "peer_host"), held.isIntegralNumber(), held.asLong());
  }

  private static String pod(String tag) {
    var end = tag.indexOf(NUMBER);
    return end < 0 ? tag : tag.substring(0, end);
  }
}
