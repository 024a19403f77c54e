package dev.warren.operator.scaling;

/// A size on its way through the bounds.
///
/// @param notes what bounds have to say, after the reason
record Proposal(int size, Decision.Cause cause, String why, String notes) {
  static Proposal sized(int size, String why) {
    return new Proposal(size, Decision.Cause.SIZED, why, "");
  }

  static Proposal held(int size, Decision.Cause cause, String why) {
    return new Proposal(size, cause, why, "");
  }

  /// Another size, and why.
  Proposal changed(int other, String note) {
    return new Proposal(other, cause, why, notes + "; " + note);
  }

  Proposal because(Decision.Cause other, int size, String note) {
    return new Proposal(size, other, why, notes + "; " + note);
  }
}
