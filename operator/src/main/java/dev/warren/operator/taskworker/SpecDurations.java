package dev.warren.operator.taskworker;

import dev.warren.model.DurationText;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Reads durations of a spec. Pure.
final class SpecDurations {
  private SpecDurations() {}

  /// The duration that a field says, or the other if it says none.
  ///
  /// @throws IllegalArgumentException if it is no duration; begins with the field
  static Duration read(String field, @Nullable String text, Duration otherwise) {
    try {
      return text == null ? otherwise : DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }
}
