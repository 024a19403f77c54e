package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueueStatus;
import dev.warren.operator.broker.BrokerChange;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What to do for a TaskQueue, and what to say of it.
///
/// @param broker name of the TaskBroker
/// @param vhost where the changes are made
/// @param policies whether the policies of the vhost must be seen to first, so that a limit holds
///   from a queue's first message on
/// @param changes in the order in which they are safe
/// @param binding the Secret for producers, if it must be written
/// @param repairs what was found changed by somebody else and is put right; one sentence for each
/// @param status what to report once all is done
/// @param again when to plan again even if nothing happens
record TaskQueuePlan(
    String broker,
    String vhost,
    boolean policies,
    List<BrokerChange> changes,
    Optional<Secret> binding,
    List<String> repairs,
    TaskQueueStatus status,
    Optional<Duration> again) {
  TaskQueuePlan {
    changes = List.copyOf(changes);
    repairs = List.copyOf(repairs);
  }

  /// To do nothing, and say this.
  static TaskQueuePlan nothing(TaskQueueStatus status) {
    return new TaskQueuePlan(
        "", "", false, List.of(), Optional.empty(), List.of(), status, Optional.empty());
  }
}
