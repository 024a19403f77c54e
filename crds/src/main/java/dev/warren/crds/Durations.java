package dev.warren.crds;

/// The syntax of a duration in a resource.
final class Durations {
  /// One or more amounts with a unit, such as `500ms`, `30s`, `1h30m` or `7d`.
  static final String PATTERN = "^([0-9]{1,9}(ms|s|m|h|d))+$";

  /// The pattern as a rule, which can say what is meant.
  static final String RULE = "self.matches('" + PATTERN + "')";

  /// What a text is to be that breaks the rule.
  static final String REMEDY =
      "write amounts with the units ms, s, m, h or d, such as 500ms, 30s or 1h30m";

  /// That it is longer than nothing, as a rule.
  static final String POSITIVE_RULE = "self.matches('[1-9]')";

  /// What a duration is to be that breaks that rule.
  static final String POSITIVE_REMEDY = "is no time at all; use 1ms or more";

  /// The longest text of a duration.
  static final long MAX_LENGTH = 40;

  private Durations() {}
}
