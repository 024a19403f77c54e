package dev.warren.operator.scaling;

/// What the pods of a fleet hold.
///
/// @param pods how many of them hold tasks
/// @param tasks how many tasks that are
public record Held(int pods, long tasks) {
  /// Nothing.
  public static final Held NONE = new Held(0, 0);

  public Held {
    if (pods < 0 || tasks < 0) {
      throw new IllegalArgumentException("%d pods hold %d tasks".formatted(pods, tasks));
    }
  }
}
