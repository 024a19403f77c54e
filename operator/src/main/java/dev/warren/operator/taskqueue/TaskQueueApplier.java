package dev.warren.operator.taskqueue;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.resource.ServerSideApply;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.List;

/// Carries out plans; the only writer for TaskQueues. May be called by any thread.
final class TaskQueueApplier {
  private final Brokers brokers;
  private final VhostUpkeep upkeep;

  TaskQueueApplier(Brokers brokers, VhostUpkeep upkeep) {
    this.brokers = brokers;
    this.upkeep = upkeep;
  }

  void apply(TaskQueuePlan plan, Context<TaskQueue> context) {
    // The Secret first: a password that only the broker knew would be lost by a crash in between.
    plan.binding().ifPresent(secret -> ServerSideApply.apply(context.getClient(), secret));
    if (!plan.vhost().isEmpty()) {
      upkeep.lookAfter(plan.broker(), plan.vhost());
    }
    if (plan.policies()) {
      upkeep.settle(plan.broker(), plan.vhost());
    }
    change(plan.broker(), plan.vhost(), plan.changes());
  }

  void change(String broker, String vhost, List<BrokerChange> changes) {
    if (!changes.isEmpty()) {
      brokers.find(broker).ifPresent(found -> found.apply(vhost, changes));
    }
  }
}
