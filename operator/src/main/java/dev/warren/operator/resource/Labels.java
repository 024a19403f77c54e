package dev.warren.operator.resource;

import java.util.Map;

/// Labels of the objects that the operator makes.
public final class Labels {
  /// Says that the operator made an object; its caches hold nothing else.
  public static final String MANAGED_BY = "app.kubernetes.io/managed-by";

  /// Value of {@link #MANAGED_BY}.
  public static final String WARREN = "warren";

  /// Name of the TaskQueue that an object is for.
  public static final String QUEUE = "warren.dev/queue";

  /// Name of the TaskWorker that an object is for.
  public static final String WORKER = "warren.dev/worker";

  /// Selects what the operator made.
  public static final String SELECTOR = MANAGED_BY + "=" + WARREN;

  private Labels() {}

  /// Labels of an object made for a TaskQueue.
  public static Map<String, String> ofQueue(String name) {
    return Map.of(MANAGED_BY, WARREN, QUEUE, name);
  }

  /// Labels of an object made for a TaskWorker.
  public static Map<String, String> ofWorker(String name) {
    return Map.of(MANAGED_BY, WARREN, WORKER, name);
  }
}
