package dev.warren.worker.handler;

import dev.warren.model.TaskHeaders;
import dev.warren.worker.Task;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A producer's text where only plain text may stand, such as an HTTP header or an environment
/// variable. Pure.
final class TaskText {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

  /// Warren's own and the broker's, which say nothing of the task that is not told otherwise.
  private static final Pattern NOT_OF_PRODUCERS =
      Pattern.compile("(warren-|x-).*", Pattern.CASE_INSENSITIVE);

  private static final Set<String> TRACE = Set.of(TaskHeaders.TRACEPARENT, TaskHeaders.TRACESTATE);

  /// Of all headers together, in bytes: servers refuse requests with many more.
  private static final int MOST_HEADERS = 4 * 1024;

  private TaskText() {}

  /// The text with everything but visible ASCII, and `%` itself, percent-encoded as UTF-8:
  /// different texts stay different.
  static String encode(String text) {
    var encoded = new StringBuilder(text.length());
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 127 && octet != '%') {
        encoded.append((char) octet);
      } else {
        encoded.append("%%%02X".formatted(octet));
      }
    }
    return encoded.toString();
  }

  /// The text with `?` for everything that is not printable ASCII: for values of a syntax that has
  /// nothing else.
  static String visible(String text) {
    return text.replaceAll("[^\\x20-\\x7e]", "?");
  }

  /// The producer's own headers, by name, with their values encoded. Headers that are no text,
  /// number or boolean, whose name is more than 64 letters, digits and `_ . -`, or for which there
  /// is no room any more, are left out.
  static SortedMap<String, String> headers(Task<?> task) {
    var headers = new TreeMap<String, String>();
    int size = 0;
    for (var header : new TreeMap<>(task.headers()).entrySet()) {
      if (isOfProducer(header)) {
        var value = encode(header.getValue().toString());
        size += header.getKey().length() + value.length();
        if (size > MOST_HEADERS) {
          return headers;
        }
        headers.put(header.getKey(), value);
      }
    }
    return headers;
  }

  private static boolean isOfProducer(Map.Entry<String, Object> header) {
    var name = header.getKey();
    var value = header.getValue();
    return NAME.matcher(name).matches()
        && !NOT_OF_PRODUCERS.matcher(name).matches()
        && !TRACE.contains(name)
        && (value instanceof String || value instanceof Number || value instanceof Boolean);
  }
}
