package dev.warren.operator.scaling;

/// The part of a queue's tasks that one of its fleets gets. Fleets get parts that lie side by side,
/// so that what each is counted adds up to the whole.
///
/// @param from where the part begins, 0 to 1
/// @param until where it ends, `from` to 1
/// @param fleets how many share the queue
public record Share(double from, double until, int fleets) {
  /// Of a fleet that has the queue to itself.
  public static final Share WHOLE = new Share(0, 1, 1);

  public Share {
    if (!(0 <= from && from <= until && until <= 1) || fleets < 1) {
      throw new IllegalArgumentException(
          "no share: %s to %s, one of %d".formatted(from, until, fleets));
    }
  }

  /// How many of these tasks are in the part. The last one is in the first part.
  long of(long tasks) {
    return fleets == 1 ? tasks : (long) (Math.ceil(tasks * until) - Math.ceil(tasks * from));
  }

  /// How large a part it is.
  double part() {
    return until - from;
  }
}
