package dev.warren.crds;

/// The syntax of a duration in a resource.
final class Durations {
  /// One or more amounts with a unit, such as `500ms`, `30s`, `1h30m` or `7d`.
  static final String PATTERN = "^([0-9]{1,9}(ms|s|m|h|d))+$";

  /// The longest text of a duration.
  static final long MAX_LENGTH = 40;

  private Durations() {}
}
