package dev.warren.benchmarks.simulation;

/// The shortest course between two rising curves. Pure.
final class TautString {
  private TautString() {}

  /// The value at each point: not below `lower`, not above `upper`, from nothing to all.
  static double[] between(double[] lower, double[] upper) {
    var last = lower.length - 1;
    var low = lower.clone();
    var high = upper.clone();
    low[0] = 0;
    high[0] = 0;
    low[last] = high[last];
    var string = new double[lower.length];
    int from = 0;
    while (from < last) {
      int to = next(low, high, from, string[from]);
      var bound = bend(low, high, from, string[from], to);
      for (int i = from + 1; i <= to; i++) {
        string[i] = string[from] + (bound - string[from]) * (i - from) / (to - from);
      }
      from = to;
    }
    return string;
  }

  /// As far as a straight line can go: the last point at which it touches a curve.
  private static int next(double[] low, double[] high, int from, double value) {
    var least = Double.NEGATIVE_INFINITY;
    var most = Double.POSITIVE_INFINITY;
    int atLeast = from;
    int atMost = from;
    for (int i = from + 1; i < low.length; i++) {
      var down = (low[i] - value) / (i - from);
      var up = (high[i] - value) / (i - from);
      if (down > most) {
        return atMost;
      }
      if (up < least) {
        return atLeast;
      }
      if (down >= least) {
        least = down;
        atLeast = i;
      }
      if (up <= most) {
        most = up;
        atMost = i;
      }
    }
    return low.length - 1;
  }

  /// Which curve it touches there: the one on whose other side it could not go on.
  private static double bend(double[] low, double[] high, int from, double value, int to) {
    var least = Double.NEGATIVE_INFINITY;
    var most = Double.POSITIVE_INFINITY;
    for (int i = from + 1; i <= to; i++) {
      least = Math.max(least, (low[i] - value) / (i - from));
      most = Math.min(most, (high[i] - value) / (i - from));
    }
    var down = (low[to] - value) / (to - from);
    return down >= least - 1e-12 && down <= most + 1e-12 ? low[to] : high[to];
  }
}
