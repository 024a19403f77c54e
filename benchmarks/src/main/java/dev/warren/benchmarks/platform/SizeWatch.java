package dev.warren.benchmarks.platform;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Deployments, whose names differ, and since when each has its size, as a watch tells. The
/// client's threads tell; any may ask.
public final class SizeWatch implements ResourceEventHandler<Deployment>, AutoCloseable {
  /// A size.
  ///
  /// @param since when it was first seen, by {@link System#nanoTime}
  public record Size(int replicas, long since) {}

  private final Map<String, Size> sizes = new ConcurrentHashMap<>();

  /// Written once, before anybody closes it.
  private @Nullable SharedIndexInformer<Deployment> informer;

  /// Is told of the Deployments from now on; `close` ends it.
  void follow(SharedIndexInformer<Deployment> source) {
    informer = source;
  }

  /// The size of one, if it is there.
  public Optional<Size> of(String deployment) {
    return Optional.ofNullable(sizes.get(deployment));
  }

  @Override
  public void onAdd(Deployment deployment) {
    var now = System.nanoTime();
    int replicas = deployment.getSpec().getReplicas();
    sizes.compute(
        deployment.getMetadata().getName(),
        (_, before) ->
            before != null && before.replicas == replicas ? before : new Size(replicas, now));
  }

  @Override
  public void onUpdate(Deployment before, Deployment deployment) {
    onAdd(deployment);
  }

  @Override
  public void onDelete(Deployment deployment, boolean unknown) {
    sizes.remove(deployment.getMetadata().getName());
  }

  @Override
  public void close() {
    if (informer != null) {
      informer.close();
    }
  }
}
