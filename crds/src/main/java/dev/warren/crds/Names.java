package dev.warren.crds;

/// The syntax of names in a resource.
final class Names {
  /// What Kubernetes takes as a name of an object; it goes into URLs as it is.
  static final String OBJECT = "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$";

  /// The pattern as a rule, which can say what is meant.
  static final String OBJECT_RULE = "self.matches('" + OBJECT + "')";

  /// What a name is to be that breaks the rule.
  static final String OBJECT_REMEDY =
      "use lower-case letters, digits, '-' and '.', and a letter or digit first and last";

  /// The longest name of an object.
  static final long OBJECT_MAX_LENGTH = 253;

  /// What Warren takes as a name of a queue or an exchange: nothing that means something else in a
  /// URL or, but for the dot, in a regular expression.
  static final String IN_BROKER = "^[A-Za-z0-9_.:-]+$";

  /// The pattern as a rule, which can say what is meant; `.` and `..` are steps in a URL.
  static final String IN_BROKER_RULE =
      "self.matches('" + IN_BROKER + "') && self != '.' && self != '..'";

  /// What a name is to be that breaks the rule.
  static final String IN_BROKER_REMEDY =
      "use 1 to 200 letters, digits, '_', '.', ':' and '-', and not '.' or '..'";

  /// The longest name in the broker. AMQP allows 255 bytes; generation, shard and dead-letter queue
  /// add a suffix of their own.
  static final long IN_BROKER_MAX_LENGTH = 200;

  private static final String JAVA_IDENTIFIER = "[\\p{L}_$][\\p{L}\\p{N}_$]*";

  /// The binary name of a Java class.
  static final String JAVA_CLASS = "^" + JAVA_IDENTIFIER + "(\\." + JAVA_IDENTIFIER + ")*$";

  /// The pattern as a rule, which can say what is meant.
  static final String JAVA_CLASS_RULE = "self.matches(r'" + JAVA_CLASS + "')";

  /// What a name is to be that breaks the rule.
  static final String JAVA_CLASS_REMEDY =
      "name a class with its package, such as com.acme.ResizeHandler";

  private Names() {}
}
