package dev.warren.worker.handler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A task as one line of JSON: an object with `delivery` (a number that the answer repeats), `id`,
/// `type`, `routing_key`, `attempt`, `first_seen` and `deadline` (epoch milliseconds), `priority`,
/// `headers`, `traceparent`, `tracestate`, `content_type`, and the body: as text in `body` if it is
/// UTF-8, else in `body_base64`. What the task has not got is left out. Pure.
final class JsonTask {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .build();

  private JsonTask() {}

  /// The line, with its end, in UTF-8.
  ///
  /// @param delivery a number that no other line of this pod has
  static byte[] line(long delivery, Task<byte[]> task, String contentType, TaskContext context)
      throws JsonProcessingException {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("delivery", delivery);
    task.id().ifPresent(id -> fields.put("id", id));
    fields.put("type", task.type());
    fields.put("routing_key", task.routingKey());
    fields.put("attempt", context.attempt());
    fields.put("first_seen", context.firstSeen().toEpochMilli());
    fields.put("deadline", context.deadline().toEpochMilli());
    fields.put("priority", task.priority());
    fields.put("headers", task.headers());
    context.traceparent().ifPresent(value -> fields.put("traceparent", value));
    context.tracestate().ifPresent(value -> fields.put("tracestate", value));
    fields.put("content_type", contentType);
    putBody(fields, task.payload());
    return (JSON.writeValueAsString(fields) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static void putBody(Map<String, Object> fields, byte[] body) {
    try {
      fields.put(
          "body", StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString());
    } catch (CharacterCodingException _) {
      fields.put("body_base64", body);
    }
  }
}
