package dev.warren.operator.taskbroker;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/// What a TaskBroker names and the operator may not read, which is so outside of the namespaces
/// that the chart gives it rights in. Pure.
final class Forbidden {
  /// What to say of it, behind its name.
  static final String MESSAGE =
      "may not be read by the operator; keep it in the operator's namespace or in one that it watches, and name it there";

  private Forbidden() {}

  /// Whether the API server said so.
  static boolean isSaidBy(KubernetesClientException e) {
    return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
  }
}
