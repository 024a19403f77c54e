package dev.warren.operator.broker;

import java.util.Map;

/// What a user may do in a vhost: three regular expressions over names of exchanges and queues; the
/// empty one matches nothing.
///
/// @param topics by topic exchange, a regular expression over the routing keys that the user may
///   publish with; all keys where an exchange is not named
public record Permissions(String configure, String write, String read, Map<String, String> topics) {
  public Permissions {
    topics = Map.copyOf(topics);
  }

  /// Whatever the routing key.
  public Permissions(String configure, String write, String read) {
    this(configure, write, read, Map.of());
  }

  /// Whether a user with these has been granted just `wanted`. What is said of other topic
  /// exchanges is no right: it restricts one.
  boolean grant(Permissions wanted) {
    return configure.equals(wanted.configure)
        && write.equals(wanted.write)
        && read.equals(wanted.read)
        && topics.entrySet().containsAll(wanted.topics.entrySet());
  }
}
