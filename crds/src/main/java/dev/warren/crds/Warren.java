package dev.warren.crds;

/// Names that every resource of Warren's shares.
public final class Warren {
  /// API group.
  public static final String GROUP = "warren.dev";

  /// API version.
  public static final String VERSION = "v1alpha1";

  /// Category: `kubectl get warren` lists the resources of all kinds.
  public static final String CATEGORY = "warren";

  /// Annotation of the CRDs: the release that they are of, such as `0.1.0`.
  public static final String RELEASE = "warren.dev/release";

  private Warren() {}
}
