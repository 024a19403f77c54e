package dev.warren.model;

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

  private BrokerNames() {}

  /// The queue that keeps the dead letters of a task queue.
  public static String deadLetterQueue(String queue) {
    return queue + ".dlq";
  }
}
