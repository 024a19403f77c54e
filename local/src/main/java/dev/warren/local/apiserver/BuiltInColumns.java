package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/// What `kubectl get` shows of built-in kinds, after the real server's tables. Pure.
final class BuiltInColumns {
  private BuiltInColumns() {}

  static List<Column> of(String kind) {
    return switch (kind) {
      case "Namespace" -> with(Column.at("Status", "string", 0, ".status.phase"));
      case "Pod" ->
          List.of(
              Column.NAME,
              Column.of("Ready", BuiltInColumns::readyContainers),
              Column.of("Status", BuiltInColumns::podStatus),
              Column.of("Restarts", pod -> Integer.toString(restarts(pod))),
              Column.AGE,
              Column.at("IP", "string", 1, ".status.podIP"),
              Column.at("Node", "string", 1, ".spec.nodeName"));
      case "Deployment" ->
          with(
              Column.of("Ready", BuiltInColumns::readyReplicas),
              Column.of("Up-to-date", deployment -> count(deployment, "updatedReplicas")),
              Column.of("Available", deployment -> count(deployment, "availableReplicas")));
      case "ConfigMap" -> with(Column.of("Data", BuiltInColumns::entries));
      case "Secret" ->
          with(Column.at("Type", "string", 0, ".type"), Column.of("Data", BuiltInColumns::entries));
      case "Lease" -> with(Column.at("Holder", "string", 0, ".spec.holderIdentity"));
      case "CustomResourceDefinition" ->
          List.of(Column.NAME, Column.at("Created At", "string", 0, ".metadata.creationTimestamp"));
      case "Event" ->
          List.of(
              Column.at("Last Seen", "date", 0, ".lastTimestamp"),
              Column.at("Type", "string", 0, ".type"),
              Column.at("Reason", "string", 0, ".reason"),
              Column.of("Object", BuiltInColumns::involvedObject),
              Column.at("Message", "string", 0, ".message"));
      default -> with();
    };
  }

  private static List<Column> with(Column... columns) {
    return Stream.of(List.of(Column.NAME), List.of(columns), List.of(Column.AGE))
        .flatMap(List::stream)
        .toList();
  }

  private static String readyContainers(JsonNode pod) {
    var statuses = pod.path("status").path("containerStatuses");
    var ready = items(statuses).filter(status -> status.path("ready").asBoolean()).count();
    return ready + "/" + pod.path("spec").path("containers").size();
  }

  private static String podStatus(JsonNode pod) {
    if (Json.isBeingDeleted(pod)) {
      return "Terminating";
    }
    var waiting = JsonPath.get(pod, ".status.containerStatuses[0].state.waiting.reason").asText();
    return waiting.isEmpty() ? pod.path("status").path("phase").asText("Pending") : waiting;
  }

  private static int restarts(JsonNode pod) {
    return items(pod.path("status").path("containerStatuses"))
        .mapToInt(status -> status.path("restartCount").asInt())
        .sum();
  }

  private static String readyReplicas(JsonNode deployment) {
    return count(deployment, "readyReplicas")
        + "/"
        + deployment.path("spec").path("replicas").asInt(1);
  }

  private static String count(JsonNode deployment, String field) {
    return Integer.toString(deployment.path("status").path(field).asInt());
  }

  private static String entries(JsonNode document) {
    return Integer.toString(document.path("data").size() + document.path("binaryData").size());
  }

  private static String involvedObject(JsonNode event) {
    var object = event.path("involvedObject");
    return "%s/%s"
        .formatted(
            object.path("kind").asText().toLowerCase(Locale.ROOT), object.path("name").asText());
  }

  private static Stream<JsonNode> items(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false);
  }
}
