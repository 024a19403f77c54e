package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorker;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.resource.ServerSideApply;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Carries out plans; the only writer for TaskWorkers. May be called by any thread.
final class TaskWorkerApplier {
  /// Its value means nothing but that it is another.
  private static final String REFRESH = "warren.dev/configuration-refresh";

  private final Brokers brokers;

  TaskWorkerApplier(Brokers brokers) {
    this.brokers = brokers;
  }

  /// A former engine goes before another writes the size, and the Deployment is there before the
  /// new one.
  void apply(EnginePlan execution, Context<TaskWorker> context) {
    var client = context.getClient();
    execution.former().forEach(former -> client.resource(former).delete());
    execution.plan().objects().stream()
        .filter(Deployment.class::isInstance)
        .map(Deployment.class::cast)
        .filter(deployment -> deployment.getSpec().getReplicas() == null)
        .forEach(deployment -> DeploymentSize.keep(deployment, client));
    apply(execution.plan(), context);
    execution.size().ifPresent(size -> size.write(client));
    execution.engine().forEach(object -> ServerSideApply.apply(client, object));
  }

  private void apply(TaskWorkerPlan plan, Context<TaskWorker> context) {
    var client = context.getClient();
    // A password that only the broker knew would be lost by a crash in between, so its Secret goes
    // first.
    plan.objects().stream()
        .filter(Secret.class::isInstance)
        .forEach(secret -> ServerSideApply.apply(client, secret));
    brokers
        .find(plan.broker())
        .filter(broker -> !plan.changes().isEmpty())
        .ifPresent(broker -> broker.apply(plan.vhost(), plan.changes()));
    plan.marks().forEach(mark -> annotate(mark.pod(), mark.annotations(), client));
    plan.objects().stream()
        .filter(object -> !(object instanceof Secret))
        .forEach(object -> ServerSideApply.apply(client, object));
    plan.outdated().forEach(pod -> hastenRefresh(pod, client));
  }

  /// A kubelet brings a mounted ConfigMap up to date every minute or so, and at once when anything
  /// of its pod changes.
  private static void hastenRefresh(Pod pod, KubernetesClient client) {
    annotate(pod, Map.of(REFRESH, UUID.randomUUID().toString()), client);
  }

  /// A pod that is gone by now needs none.
  private static void annotate(
      Pod pod, Map<String, @Nullable String> annotations, KubernetesClient client) {
    var metadata = pod.getMetadata();
    var change = Map.of("metadata", Map.of("annotations", annotations));
    try {
      client
          .pods()
          .inNamespace(metadata.getNamespace())
          .withName(metadata.getName())
          .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(change));
    } catch (KubernetesClientException e) {
      if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        throw e;
      }
    }
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
