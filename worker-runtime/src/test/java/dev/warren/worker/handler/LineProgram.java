package dev.warren.worker.handler;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.worker.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// The contract's command that speaks JSON lines.
final class LineProgram {
  private static final ObjectMapper JSON = new ObjectMapper();

  private LineProgram() {}

  static List<String> command() {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-XX:+UseSerialGC",
        "-cp",
        System.getProperty("java.class.path"),
        LineProgram.class.getName());
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = input.readLine(); line != null; line = input.readLine()) {
      var task = JSON.readTree(line);
      System.out.println("{\"progress\":\"started\"}");
      System.out.println(
          JSON.writeValueAsString(
              answer(
                  task.path("delivery").asLong(),
                  Obedience.obey(
                      task.path("type").asText(),
                      task.path("headers").path("started").asText(),
                      told(task)))));
      System.out.flush();
    }
  }

  private static Obedience.Told told(JsonNode task) throws IOException {
    var headers = task.path("headers");
    return new Obedience.Told(
        task.path("id").asText(),
        task.path("routing_key").asText(),
        task.path("attempt").asInt(),
        task.path("first_seen").asLong(),
        task.path("deadline").asLong(),
        task.path("content_type").asText(),
        task.path("traceparent").asText(),
        headers.path("tenant").asText(),
        headers.path("digest").asText(),
        Obedience.digest(
            task.has("body")
                ? task.path("body").asText().getBytes(StandardCharsets.UTF_8)
                : task.path("body_base64").binaryValue()));
  }

  private static JsonNode answer(long delivery, Outcome outcome) {
    var answer = JSON.createObjectNode().put("delivery", delivery);
    return switch (outcome) {
      case Outcome.Done() -> answer.put("outcome", "done");
      case Outcome.Retry(var after, var reason) ->
          after.isPresent()
              ? answer.put("outcome", "retry").put("delay", "30s")
              : answer.put("outcome", "retry").put("reason", reason);
      case Outcome.Snooze _ -> answer.put("outcome", "snooze").put("delay", "30s");
      case Outcome.Fail(var reason) -> answer.put("outcome", "fail").put("reason", reason);
      case Outcome.Drop(var reason) -> answer.put("outcome", "drop").put("reason", reason);
    };
  }
}
