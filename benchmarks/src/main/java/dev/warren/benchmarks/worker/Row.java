package dev.warren.benchmarks.worker;

import dev.warren.benchmarks.worker.contestant.Work;
import dev.warren.model.QueueType;
import java.util.Set;

/// One kind of tasks, done by each contestant in turn.
///
/// @param id its name on the command line and in results
/// @param kind what is measured
/// @param queueType of the queues, one for each contestant
/// @param bodyBytes size of each task, at least 8
/// @param work what each task does; the bare loop does nothing in any row
/// @param concurrency tasks that run at once
/// @param prefetch deliveries outstanding at once, the same for all but a Spring AMQP that is left
///   as it is
/// @param messages tasks of a turn
/// @param contestants who takes part
record Row(
    String id,
    Kind kind,
    QueueType queueType,
    int bodyBytes,
    Work work,
    int concurrency,
    int prefetch,
    int messages,
    Set<Contestant> contestants) {
  /// What is measured.
  enum Kind {
    /// How fast a queue is emptied, and at which cost.
    DRAIN,
    /// How late tasks are that are published on a schedule.
    LATENCY,
    /// Memory, and the time to the first task.
    FOOTPRINT
  }

  Row {
    contestants = Set.copyOf(contestants);
  }

  /// What each task does for this contestant.
  Work workOf(Contestant contestant) {
    return contestant == Contestant.BARE ? Work.NO_OP : work;
  }

  /// Tasks of a contestant's turn: as many as it does in about the same time as the others.
  int messagesOf(Contestant contestant) {
    return switch (contestant) {
      case BARE, SINGLE, WARREN, SPRING, SPRING_TUNED -> messages;
      case AIO_PIKA -> Math.ceilDiv(messages, 8);
      case CELERY -> Math.ceilDiv(messages, 30);
    };
  }
}
