package dev.warren.operator.topology;

import dev.warren.model.BrokerNames;
import dev.warren.model.QueueType;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Queue;
import java.util.Arrays;
import java.util.List;

/// The queues of a vhost that one general policy may be for, because a short pattern tells them
/// from the rest. Pure.
///
/// @param policy name of that policy
/// @param pattern matches names of these queues; what is to be left out goes before it
/// @param applyTo which types of queues, as policies name them
record QueueClass(String policy, String pattern, String applyTo) {
  static final String TASKS = "(?!warren\\.|amq\\.)(?!.*\\.dlq$)";
  private static final String DEAD_LETTERS = "(?!warren\\.|amq\\.).*\\.dlq$";

  /// The classes that a broker of this version can tell apart: by type of queue from 3.12 on.
  static List<QueueClass> of(BrokerVersion version) {
    if (!version.atLeast(3, 12)) {
      return List.of(
          new QueueClass("warren.tasks", TASKS, "queues"),
          new QueueClass("warren.dead-letters", DEAD_LETTERS, "queues"));
    }
    return Arrays.stream(QueueType.values())
        .flatMap(
            type ->
                List.of(
                    new QueueClass("warren.tasks." + type.argument(), TASKS, applyTo(type)),
                    new QueueClass(
                        "warren.dead-letters." + type.argument(), DEAD_LETTERS, applyTo(type)))
                    .stream())
        .toList();
  }

  /// Whether a queue is in one of the classes at all.
  static boolean covers(Queue queue) {
    return !queue.name().startsWith("warren.") && !queue.name().startsWith("amq.");
  }

  boolean contains(Queue queue) {
    var deadLetters = queue.name().endsWith(DEAD_LETTER_SUFFIX);
    return deadLetters == pattern.equals(DEAD_LETTERS)
        && (applyTo.equals("queues") || applyTo.equals(applyTo(queue.type())));
  }

  private static final String DEAD_LETTER_SUFFIX = BrokerNames.deadLetterQueue("");

  private static String applyTo(QueueType type) {
    return type.argument() + "_queues";
  }
}
