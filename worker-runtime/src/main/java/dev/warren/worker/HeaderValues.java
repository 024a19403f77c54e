package dev.warren.worker;

import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads AMQP header tables that anybody may have written. Pure; never throws.
final class HeaderValues {
  /// Tables nested deeper than this are cut, so that none can exhaust a stack.
  private static final int MAX_DEPTH = 32;

  private HeaderValues() {}

  /// The headers in the types that {@link Task#headers()} promises. Nulls are left out.
  static Map<String, Object> plain(Map<String, @Nullable Object> headers) {
    return plainMap(headers, 0);
  }

  /// A header's text; numbers and booleans have one too.
  static Optional<String> text(Map<String, @Nullable Object> headers, String name) {
    var value = headers.get(name);
    return value == null || value instanceof Map || value instanceof List || value instanceof byte[]
        ? Optional.empty()
        : Optional.of(value.toString());
  }

  /// A header's whole number, also when written as text; a time counts in epoch milliseconds.
  static Optional<Long> number(Map<String, @Nullable Object> headers, String name) {
    return switch (headers.get(name)) {
      case Number number -> Optional.of(number.longValue());
      case Date date -> Optional.of(date.toInstant().toEpochMilli());
      case null, default -> text(headers, name).flatMap(HeaderValues::parse);
    };
  }

  /// A header's time, given in epoch milliseconds.
  static Optional<Instant> instant(Map<String, @Nullable Object> headers, String name) {
    return number(headers, name).map(Instant::ofEpochMilli);
  }

  private static Optional<Long> parse(String text) {
    try {
      return Optional.of(Long.valueOf(text.strip()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static Map<String, Object> plainMap(Map<?, ?> map, int depth) {
    var plain = new LinkedHashMap<String, Object>();
    map.forEach(
        (name, value) -> {
          if (value != null) {
            plain.put(String.valueOf(name), plainValue(value, depth));
          }
        });
    return plain;
  }

  private static Object plainValue(Object value, int depth) {
    return switch (value) {
      case Map<?, ?> _ when depth >= MAX_DEPTH -> Map.of();
      case List<?> _ when depth >= MAX_DEPTH -> List.of();
      case Map<?, ?> map -> plainMap(map, depth + 1);
      case List<?> list ->
          list.stream().filter(Objects::nonNull).map(item -> plainValue(item, depth + 1)).toList();
      case Number number -> number;
      case Boolean truth -> truth;
      case byte[] bytes -> bytes;
      case Date date -> date.toInstant();
      default -> value.toString();
    };
  }
}
