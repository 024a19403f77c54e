package dev.warren.operator.topology;

import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Says where something is not what it should be. Pure.
final class Differences {
  private Differences() {}

  /// A sentence if a field differs; none if not.
  static Stream<String> of(
      String kind, String name, String field, @Nullable Object found, @Nullable Object wanted) {
    return Objects.equals(found, wanted)
        ? Stream.empty()
        : Stream.of(
            "%s '%s' exists with %s %s, wanted %s"
                .formatted(kind, name, field, shown(found), shown(wanted)));
  }

  private static String shown(@Nullable Object value) {
    return value == null ? "unset" : value.toString();
  }
}
