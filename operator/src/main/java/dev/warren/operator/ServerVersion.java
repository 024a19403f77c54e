package dev.warren.operator;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Comparator;
import java.util.regex.Pattern;

/// The version of an API server.
record ServerVersion(int major, int minor) implements Comparable<ServerVersion> {
  /// From this one on, HorizontalPodAutoscalers have a tolerance of their own by default.
  static final ServerVersion EXACT_AUTOSCALERS = new ServerVersion(1, 35);

  private static final ServerVersion UNKNOWN = new ServerVersion(0, 0);
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");

  /// Asks for it; 0.0 if the server does not say.
  static ServerVersion of(KubernetesClient client) {
    try {
      var version = client.getKubernetesVersion();
      return version == null ? UNKNOWN : of(version.getMajor(), version.getMinor());
    } catch (KubernetesClientException e) {
      return UNKNOWN;
    }
  }

  /// Some append a plus sign to the minor version.
  static ServerVersion of(String major, String minor) {
    return new ServerVersion(number(major), number(minor));
  }

  boolean isAtLeast(ServerVersion other) {
    return compareTo(other) >= 0;
  }

  @Override
  public int compareTo(ServerVersion other) {
    return Comparator.comparingInt(ServerVersion::major)
        .thenComparingInt(ServerVersion::minor)
        .compare(this, other);
  }

  private static int number(String text) {
    var matcher = NUMBER.matcher(text == null ? "" : text);
    return matcher.lookingAt() ? Integer.parseInt(matcher.group()) : 0;
  }
}
