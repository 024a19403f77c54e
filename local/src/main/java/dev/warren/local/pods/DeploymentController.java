package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the Pods of all Deployments as they should be. One thread runs it until interrupted; it
/// reads everything anew each time, so that it never acts on what it has changed itself.
final class DeploymentController implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(DeploymentController.class);
  private static final long RECHECK_SECONDS = 30;

  private final KubernetesClient client;
  private final StatusWriter statusWriter;
  private final Clock clock;
  private final Semaphore changes = new Semaphore(0);

  DeploymentController(KubernetesClient client, Clock clock) {
    this.client = client;
    this.statusWriter = new StatusWriter(client);
    this.clock = clock;
  }

  /// A Deployment or Pod may have changed. Any thread may call.
  void changed(HasMetadata object) {
    LOG.atTrace().addKeyValue("name", object.getMetadata().getName()).log("changed");
    changes.release();
  }

  @Override
  public void run() {
    try {
      while (true) {
        changes.drainPermits();
        reconcileAll();
        var _ = changes.tryAcquire(RECHECK_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void reconcileAll() {
    try {
      var deployments = client.apps().deployments().inAnyNamespace().list().getItems();
      var pods = client.pods().inAnyNamespace().list().getItems();
      deployments.stream()
          .filter(deployment -> !deployment.isMarkedForDeletion())
          .forEach(deployment -> reconcile(deployment, pods));
    } catch (KubernetesClientException e) {
      if (!Thread.currentThread().isInterrupted()) {
        LOG.atWarn().setCause(e).log("deployments not reconciled, will try again");
      }
    }
  }

  private void reconcile(Deployment deployment, List<Pod> pods) {
    var owned = pods.stream().filter(pod -> pod.hasOwnerReferenceFor(deployment)).toList();
    var plan = DeploymentPlanner.plan(deployment, owned, clock.instant());
    apply(deployment, plan);
    if (!plan.status().equals(deployment.getStatus())) {
      statusWriter.write(deployment, plan.status());
    }
  }

  private void apply(Deployment deployment, DeploymentPlan plan) {
    plan.delete().forEach(pod -> client.resource(pod).delete());
    var hash = PodTemplates.hash(deployment);
    for (int i = 0; i < plan.create(); i++) {
      var suffix = UUID.randomUUID().toString().substring(0, 5);
      client.resource(PodTemplates.pod(deployment, hash, suffix)).create();
    }
  }
}
