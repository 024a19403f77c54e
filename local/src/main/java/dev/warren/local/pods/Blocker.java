package dev.warren.local.pods;

/// Ends the planning of a launch from within its parts; {@link LaunchPlanner} makes a {@link
/// LaunchPlan.Blocked} of it.
final class Blocker extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  private Blocker(String reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  static Blocker unknownImage(String image, Iterable<String> known) {
    return new Blocker(
        "ImagePullBackOff",
        "image \"%s\" is not on this machine; local images: %s"
            .formatted(image, String.join(", ", known)));
  }

  static Blocker configuration(String message) {
    return new Blocker("CreateContainerConfigError", message);
  }

  LaunchPlan.Blocked toPlan() {
    return new LaunchPlan.Blocked(reason, String.valueOf(getMessage()));
  }
}
