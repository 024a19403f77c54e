package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/// Runs all Deployments of an API server as processes of this machine, until it is closed.
///
/// Below its directory it keeps `pods/<uid>` for each pod while it lives, and
/// `logs/<namespace>_<pod> .log` for ever. Only one runner at a time may have a directory; it first
/// kills what an earlier one left behind.
public final class PodRunner implements AutoCloseable {
  private final Kubelet kubelet;
  private final Thread deployments;
  private final List<SharedIndexInformer<?>> informers;

  private PodRunner(Kubelet kubelet, Thread deployments, List<SharedIndexInformer<?>> informers) {
    this.kubelet = kubelet;
    this.deployments = deployments;
    this.informers = List.copyOf(informers);
  }

  /// A runner that runs.
  ///
  /// @param client of the API server; outlives the runner, and is closed by the caller
  /// @param kubeconfig given to pods that have a service account
  public static PodRunner start(
      KubernetesClient client, LocalImages images, Path directory, Path kubeconfig) {
    var kubelet = new Kubelet(client, images, directory.toAbsolutePath(), kubeconfig);
    var controller = new DeploymentController(client, Clock.systemUTC());
    var deployments = Thread.ofVirtual().name("deployments").start(controller);
    var informers =
        List.<SharedIndexInformer<?>>of(
            client
                .apps()
                .deployments()
                .inAnyNamespace()
                .inform(handler(controller::changed, controller::changed)),
            client
                .pods()
                .inAnyNamespace()
                .inform(
                    PodRunner.<Pod>handler(
                        pod -> {
                          kubelet.observe(pod);
                          controller.changed(pod);
                        },
                        pod -> {
                          kubelet.forget(pod);
                          controller.changed(pod);
                        })),
            client
                .configMaps()
                .inAnyNamespace()
                .inform(handler(kubelet::configurationChanged, kubelet::configurationChanged)),
            client
                .secrets()
                .inAnyNamespace()
                .inform(handler(kubelet::configurationChanged, kubelet::configurationChanged)));
    return new PodRunner(kubelet, deployments, informers);
  }

  private static <T extends HasMetadata> ResourceEventHandler<T> handler(
      Consumer<? super T> onChange, Consumer<? super T> onDelete) {
    return new ResourceEventHandler<>() {
      @Override
      public void onAdd(T object) {
        onChange.accept(object);
      }

      @Override
      public void onUpdate(T before, T after) {
        onChange.accept(after);
      }

      @Override
      public void onDelete(T object, boolean isStateUnknown) {
        onDelete.accept(object);
      }
    };
  }

  /// Stops all pods, each with its own grace period, but in 20 s at most.
  @Override
  public void close() {
    deployments.interrupt();
    kubelet.close();
    informers.forEach(SharedIndexInformer::close);
  }
}
