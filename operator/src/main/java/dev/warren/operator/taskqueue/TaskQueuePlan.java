package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueueStatus;
import dev.warren.operator.broker.BrokerChange;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Optional;

/// What to do for a TaskQueue, and what to say of it.
///
/// @param broker name of the TaskBroker
/// @param vhost where the changes are made
/// @param changes in the order in which they are safe
/// @param binding the Secret for producers, if it must be written
/// @param status what to report once all is done
record TaskQueuePlan(
    String broker,
    String vhost,
    List<BrokerChange> changes,
    Optional<Secret> binding,
    TaskQueueStatus status) {
  TaskQueuePlan {
    changes = List.copyOf(changes);
  }
}
