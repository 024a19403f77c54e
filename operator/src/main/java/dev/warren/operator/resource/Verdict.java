package dev.warren.operator.resource;

/// What one condition of a resource is to say.
///
/// @param type such as `Ready`
/// @param status whether it is so
/// @param reason a stable CamelCase word
/// @param message names the input and the remedy, and holds neither time nor changing number
public record Verdict(String type, Status status, String reason, String message) {
  /// The condition that every resource has.
  public static final String READY = "Ready";

  /// Work is under way.
  public static final String PROGRESSING = "Progressing";

  /// It works, but not as it should.
  public static final String DEGRADED = "Degraded";

  /// The status of a condition.
  public enum Status {
    /// It is so.
    TRUE("True"),
    /// It is not.
    FALSE("False"),
    /// It will be known soon, without anybody's doing.
    UNKNOWN("Unknown");

    private final String text;

    Status(String text) {
      this.text = text;
    }

    /// As Kubernetes writes it.
    @Override
    public String toString() {
      return text;
    }
  }

  /// Ready.
  public static Verdict ready(String reason, String message) {
    return new Verdict(READY, Status.TRUE, reason, message);
  }

  /// Not ready.
  public static Verdict notReady(String reason, String message) {
    return new Verdict(READY, Status.FALSE, reason, message);
  }

  /// Neither the one nor the other yet.
  public static Verdict pending(String reason, String message) {
    return new Verdict(READY, Status.UNKNOWN, reason, message);
  }

  /// Work is under way, or waits for somebody.
  public static Verdict progressing(boolean underWay, String reason, String message) {
    return new Verdict(PROGRESSING, underWay ? Status.TRUE : Status.FALSE, reason, message);
  }

  /// That work is under way, or waits for somebody, and why.
  public Verdict progressing(boolean underWay) {
    return progressing(underWay, reason, message);
  }

  /// It works, but not as it should.
  public static Verdict degraded(String reason, String message) {
    return new Verdict(DEGRADED, Status.TRUE, reason, message);
  }

  /// The condition of this type, true for the same reason.
  Verdict as(String abnormal) {
    return new Verdict(abnormal, Status.TRUE, reason, message);
  }
}
