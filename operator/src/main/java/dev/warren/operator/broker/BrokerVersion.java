package dev.warren.operator.broker;

import java.util.Comparator;
import java.util.regex.Pattern;

/// A version of RabbitMQ, as far as it decides what a queue can do.
public record BrokerVersion(int major, int minor, String text)
    implements Comparable<BrokerVersion> {
  private static final Pattern SYNTAX = Pattern.compile("(\\d+)\\.(\\d+).*");

  /// Reads `3.10.8`, `4.0.5`, `4.3.0-rc.1` and the like; what is no version counts as 0.0, which
  /// can do least.
  public static BrokerVersion parse(String text) {
    var match = SYNTAX.matcher(text);
    return match.matches()
        ? new BrokerVersion(
            Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)), text)
        : new BrokerVersion(0, 0, text);
  }

  /// Whether Warren works with it: a quorum queue can have a TTL since 3.10.
  public boolean supported() {
    return atLeast(3, 10);
  }

  /// Whether it is this version or a later one.
  public boolean atLeast(int wantedMajor, int wantedMinor) {
    return compareTo(new BrokerVersion(wantedMajor, wantedMinor, "")) >= 0;
  }

  @Override
  public int compareTo(BrokerVersion other) {
    return Comparator.comparingInt(BrokerVersion::major)
        .thenComparingInt(BrokerVersion::minor)
        .compare(this, other);
  }
}
