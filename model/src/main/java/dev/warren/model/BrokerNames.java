package dev.warren.model;

import java.util.Optional;

/// Names of what Warren declares in a vhost. Everything of its own begins with `warren.`; a task
/// queue and its dead-letter queue are named by their user.
public final class BrokerNames {
  /// Direct exchange to which every delay queue dead-letters: it routes by the unchanged routing
  /// key, which is the task queue's name, back to the task queue.
  public static final String RETURN_EXCHANGE = "warren.return";

  /// Direct exchange that takes dead letters unless a TaskQueue names another; the routing key is
  /// the task queue's name.
  public static final String DEAD_LETTER_EXCHANGE = "warren.dead-letter";

  /// Topic exchange that producers publish to unless a TaskQueue names another.
  public static final String TASK_EXCHANGE = "tasks";

  /// What the name of every delay queue begins with.
  public static final String DELAY_PREFIX = "warren.delay.";

  /// What stands before the namespace in the names of Warren's exchanges and delay queues in a
  /// vhost that namespaces share.
  private static final String NAMESPACE_MARK = "@";

  private BrokerNames() {}

  /// A name of Warren's own in a vhost that namespaces share, where each needs its own: who may
  /// write to a delay queue could else send tasks to a queue of another namespace. In a vhost of
  /// one namespace the name is as it is.
  ///
  /// @param namespace empty in a vhost of one namespace
  public static String within(Optional<String> namespace, String name) {
    return namespace.map(owner -> name + NAMESPACE_MARK + owner).orElse(name);
  }

  /// The queue that keeps the dead letters of a task queue.
  public static String deadLetterQueue(String queue) {
    return queue + ".dlq";
  }
}
