package dev.warren.worker.handler;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.warren.worker.Task;
import dev.warren.worker.UnreadableBodyException;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads bodies as the type that a handler class takes. Unknown JSON properties are ignored, so
/// that producers can be ahead of their workers; `java.time` is read from ISO 8601 text. Safe for
/// use by many threads.
///
/// @param type of the payload
/// @param reader for that type
record Payloads(JavaType type, ObjectReader reader) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /// For the type argument of a handler class.
  ///
  /// @param api the interface whose argument it is
  static Payloads of(Class<?> handler, Class<?> api) {
    var types = JSON.getTypeFactory().withClassLoader(handler.getClassLoader());
    var arguments = types.findTypeParameters(types.constructType(handler), api);
    var type = arguments.length == 0 ? types.constructType(Object.class) : arguments[0];
    return new Payloads(type, JSON.readerFor(type));
  }

  /// The task with the payload that its body means.
  ///
  /// @throws UnreadableBodyException which says where the body is wrong
  Task<Object> read(Task<byte[]> task) throws UnreadableBodyException {
    return new Task<>(
        task.id(),
        task.type(),
        task.routingKey(),
        task.priority(),
        task.headers(),
        read(task.payload()));
  }

  /// The payload that this body means.
  ///
  /// @throws UnreadableBodyException which says where the body is wrong
  Object read(byte[] body) throws UnreadableBodyException {
    if (isRaw()) {
      return body;
    }
    Object payload;
    try {
      payload = reader.readValue(body);
    } catch (JsonProcessingException e) {
      throw new UnreadableBodyException(describe(e));
    } catch (IOException e) {
      throw new UnreadableBodyException(
          "the body cannot be read as JSON: " + e.getClass().getName());
    }
    if (payload == null) {
      throw new UnreadableBodyException("the body is JSON null; send a value of " + typeName());
    }
    return payload;
  }

  private boolean isRaw() {
    return type.getRawClass() == byte[].class;
  }

  /// Jackson's own messages quote the body, so only the place is taken from them.
  private String describe(JsonProcessingException e) {
    var where = where(e.getLocation());
    return e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()
        ? "the body does not fit %s at %s, %s".formatted(typeName(), path(mapping), where)
        : e instanceof JsonMappingException
            ? "the body does not fit %s, %s".formatted(typeName(), where)
            : "the body is not JSON: %s".formatted(where);
  }

  private String typeName() {
    return type.toCanonical();
  }

  private static String where(@Nullable JsonLocation location) {
    return location == null
        ? "at an unknown place"
        : "line %d, column %d (byte %d)"
            .formatted(location.getLineNr(), location.getColumnNr(), location.getByteOffset());
  }

  /// Names of properties; the keys of a map are the producer's data and not told.
  private static String path(JsonMappingException mapping) {
    return mapping.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[" + step.getIndex() + "]"
                    : step.getFrom() instanceof Map ? ".*" : "." + step.getFieldName())
        .collect(Collectors.joining("", "$", ""));
  }
}
