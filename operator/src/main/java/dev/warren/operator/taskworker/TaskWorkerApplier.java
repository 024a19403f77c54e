package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.util.Optional;

/// Carries out plans; the only writer for TaskWorkers. May be called by any thread.
final class TaskWorkerApplier {
  private final Brokers brokers;

  TaskWorkerApplier(Brokers brokers) {
    this.brokers = brokers;
  }

  void apply(TaskWorkerPlan plan, Context<TaskWorker> context) {
    // A password that only the broker knew would be lost by a crash in between, so its Secret goes
    // first.
    plan.objects().stream()
        .filter(Secret.class::isInstance)
        .forEach(secret -> ServerSideApply.apply(context.getClient(), secret));
    brokers
        .find(plan.broker())
        .filter(broker -> !plan.changes().isEmpty())
        .ifPresent(broker -> broker.apply(plan.vhost(), plan.changes()));
    plan.objects().stream()
        .filter(object -> !(object instanceof Secret))
        .forEach(object -> ServerSideApply.apply(context.getClient(), object));
  }

  void delete(Deployment deployment, Context<TaskWorker> context) {
    context.getClient().resource(deployment).delete();
  }

  /// @param broker where they are, if that is known
  void deleteUsers(TaskWorker worker, Optional<String> broker) {
    Credentials.names(WorkerSettings.userOf(worker))
        .forEach(user -> brokers.deleteUser(user, name -> broker.map(name::equals).orElse(true)));
  }
}
