package dev.warren.examples.ml;

/// The model: a straight line.
record Line(double slope, double intercept) {
  static final Line ZERO = new Line(0, 0);

  private static final double RATE = 0.1;
  private static final double[] X = {-1, -0.5, 0, 0.5, 1};

  double at(double x) {
    return slope * x + intercept;
  }

  String text() {
    return slope + " " + intercept;
  }

  /// One step of gradient descent towards points of `target`.
  Line stepTowards(Line target) {
    double bySlope = 0;
    double byIntercept = 0;
    for (double x : X) {
      var error = at(x) - target.at(x);
      bySlope += error * x;
      byIntercept += error;
    }
    return new Line(slope - RATE * bySlope, intercept - RATE * byIntercept);
  }
}
