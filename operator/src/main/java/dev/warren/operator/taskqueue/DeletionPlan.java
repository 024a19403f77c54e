package dev.warren.operator.taskqueue;

import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.resource.Verdict;
import java.util.List;

/// What to do for a TaskQueue that is being deleted.
sealed interface DeletionPlan {
  /// Reason of waiting for messages to be consumed.
  String WAITING_UNTIL_EMPTY = "WaitingUntilEmpty";

  /// The finalizer can go once these changes are made.
  record Finish(String broker, String vhost, List<BrokerChange> changes) implements DeletionPlan {}

  /// Something must happen first.
  ///
  /// @param verdicts what is waited for
  record Wait(String broker, String vhost, List<BrokerChange> changes, List<Verdict> verdicts)
      implements DeletionPlan {}

  /// The queue stays, and nobody waits any longer.
  ///
  /// @param changes what can still be done
  /// @param why for the event
  record Abandon(String broker, String vhost, List<BrokerChange> changes, String why)
      implements DeletionPlan {}
}
