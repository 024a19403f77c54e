package dev.warren.crds;

/// The syntax of names in a resource.
final class Names {
  /// What Kubernetes takes as a name of an object; it goes into URLs as it is.
  static final String OBJECT = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$";

  /// The longest name of an object.
  static final long OBJECT_MAX_LENGTH = 253;

  /// What Warren takes as a name of a queue or an exchange: nothing that means something else in a
  /// URL or, but for the dot, in a regular expression.
  static final String IN_BROKER = "^[A-Za-z0-9_.:-]+$";

  /// The longest name in the broker. AMQP allows 255 bytes; generation, shard and dead-letter queue
  /// add a suffix of their own.
  static final long IN_BROKER_MAX_LENGTH = 200;

  private Names() {}
}
