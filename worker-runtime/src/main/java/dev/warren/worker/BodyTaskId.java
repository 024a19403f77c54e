package dev.warren.worker;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/// Finds the id that a JSON body carries as `task_id` in its outermost object: for producers that
/// set no `message_id`. Pure; never throws.
final class BodyTaskId {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String FIELD = "task_id";

  /// What a `message_id` could hold too.
  private static final int MAX_LENGTH = 255;

  private BodyTaskId() {}

  /// The id, if the body is JSON up to where it stands, and it is text or a number.
  static Optional<String> find(byte[] body) {
    if (body.length == 0 || body[0] != '{') {
      return Optional.empty();
    }
    try (var parser = JSON.createParser(body)) {
      return find(parser).filter(id -> !id.isEmpty() && id.length() <= MAX_LENGTH);
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  private static Optional<String> find(JsonParser parser) throws IOException {
    parser.nextToken();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var wanted = FIELD.equals(parser.currentName());
      var value = parser.nextToken();
      if (wanted) {
        return value.isScalarValue() && value != JsonToken.VALUE_NULL
            ? Optional.of(parser.getText())
            : Optional.empty();
      }
      parser.skipChildren();
    }
    return Optional.empty();
  }
}
