package dev.warren.model;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A duration as people write it in YAML: one or more amounts with a unit, largest first by custom,
/// such as `500ms`, `30s`, `1h30m` or `7d`. The units are `ms`, `s`, `m`, `h` and `d` (24 hours).
public final class DurationText {
  /// The whole syntax, as a regular expression that JSON Schema understands too.
  public static final String PATTERN = "^([0-9]{1,9}(ms|s|m|h|d))+$";

  private static final Pattern WHOLE = Pattern.compile(PATTERN);
  private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private DurationText() {}

  /// The duration that this text stands for.
  ///
  /// @throws IllegalArgumentException if the text is not a duration; the message quotes it and says
  ///   what is
  public static Duration parse(String text) {
    if (!WHOLE.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'%s' is not a duration; write amounts with the units ms, s, m, h or d, such as 500ms, 30s or 1h30m"
              .formatted(text));
    }
    var sum = Duration.ZERO;
    Matcher amounts = AMOUNT.matcher(text);
    while (amounts.find()) {
      sum = sum.plus(unit(amounts.group(2)).multipliedBy(Long.parseLong(amounts.group(1))));
    }
    return sum;
  }

  /// The shortest text that parses back to this duration, which is cut to whole milliseconds and
  /// must not be negative.
  public static String format(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("a negative duration has no text: " + duration);
    }
    var text = new StringBuilder();
    append(text, duration.toDays(), "d");
    append(text, duration.toHoursPart(), "h");
    append(text, duration.toMinutesPart(), "m");
    append(text, duration.toSecondsPart(), "s");
    append(text, duration.toMillisPart(), "ms");
    return text.isEmpty() ? "0s" : text.toString();
  }

  private static void append(StringBuilder text, long amount, String unit) {
    if (amount > 0) {
      text.append(amount).append(unit);
    }
  }

  private static Duration unit(String name) {
    return switch (name) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      case "d" -> Duration.ofDays(1);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
