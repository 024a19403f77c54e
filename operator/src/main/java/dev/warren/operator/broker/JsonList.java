package dev.warren.operator.broker;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/// Reads lists of the management API one object at a time: those of 10,000 queues are not to be
/// held as text, nor as a tree.
final class JsonList {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonList() {}

  /// Hands over each object of a list.
  static void read(InputStream body, Consumer<JsonNode> each) throws IOException {
    // What follows the last object is still to be skipped, so the stream stays open.
    try (var parser = JSON.getFactory().createParser(body)) {
      parser.disable(JsonParser.Feature.AUTO_CLOSE_SOURCE);
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new JsonParseException(parser, "no list");
      }
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        each.accept(parser.readValueAsTree());
      }
    }
  }

  /// The fields of an object; integers are `Long`.
  static Map<String, Object> fields(JsonNode object) {
    var values = new HashMap<String, Object>();
    object
        .properties()
        .forEach(
            entry ->
                values.put(
                    entry.getKey(),
                    entry.getValue().isIntegralNumber()
                        ? (Object) entry.getValue().asLong()
                        : JSON.convertValue(entry.getValue(), Object.class)));
    return values;
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asText();
  }
}
