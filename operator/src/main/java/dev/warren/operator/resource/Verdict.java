package dev.warren.operator.resource;

/// What one condition of a resource is to say.
///
/// @param type such as `Ready`
/// @param holds status `True` or `False`
/// @param reason a stable CamelCase word
/// @param message names the input and the remedy, and holds neither time nor changing number
public record Verdict(String type, boolean holds, String reason, String message) {
  /// The condition that every resource has.
  public static final String READY = "Ready";

  /// Work is under way.
  public static final String PROGRESSING = "Progressing";

  /// It works, but not as it should.
  public static final String DEGRADED = "Degraded";

  /// Ready.
  public static Verdict ready(String reason, String message) {
    return new Verdict(READY, true, reason, message);
  }

  /// Not ready.
  public static Verdict notReady(String reason, String message) {
    return new Verdict(READY, false, reason, message);
  }
}
