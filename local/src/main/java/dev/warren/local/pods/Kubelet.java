package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Gives each Pod a {@link PodLoop} and takes the Pod away when its loop is over. Called by the
/// threads of informers and by the threads of pods at their end.
final class Kubelet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Kubelet.class);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final KubernetesClient client;
  private final LaunchPlanner planner;
  private final Path directory;
  private final Path kubeconfig;
  private final LoopbackAddresses addresses = new LoopbackAddresses();

  /// By uid. Written and read under this object's monitor.
  private final Map<String, Running> pods = new HashMap<>();

  /// Written and read under this object's monitor.
  private boolean isClosed;

  private record Running(Pod pod, PodLoop loop, Thread thread) {}

  /// @param directory the platform's; pods left there by an earlier process are killed
  Kubelet(KubernetesClient client, LocalImages images, Path directory, Path kubeconfig) {
    this.client = client;
    this.planner = new LaunchPlanner(images, new ApiConfigSource(client));
    this.directory = directory;
    this.kubeconfig = kubeconfig;
    try {
      MarkedProcesses.kill(MarkedProcesses.PLATFORM, directory.toString());
      Directories.delete(PodPlace.pods(directory));
      Files.createDirectories(directory.resolve("logs"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A Pod was added or has changed.
  synchronized void observe(Pod pod) {
    var running = pods.get(pod.getMetadata().getUid());
    if (isClosed || !isOurs(pod)) {
      return;
    }
    if (!pod.isMarkedForDeletion()) {
      if (running == null) {
        start(pod);
      }
    } else if (running != null) {
      var seconds = pod.getMetadata().getDeletionGracePeriodSeconds();
      running.loop().signal(new PodSignal.Stop(Duration.ofSeconds(seconds)));
    } else {
      // Deleted before it could start.
      Thread.ofVirtual().start(() -> remove(pod));
    }
  }

  /// A Pod is gone from the API server: no more grace.
  synchronized void forget(Pod pod) {
    var running = pods.get(pod.getMetadata().getUid());
    if (running != null) {
      running.thread().interrupt();
    }
  }

  /// A ConfigMap or Secret was added, has changed or is gone.
  synchronized void configurationChanged(HasMetadata changed) {
    var namespace = changed.getMetadata().getNamespace();
    pods.values().stream()
        .filter(running -> running.pod().getMetadata().getNamespace().equals(namespace))
        .forEach(running -> running.loop().signal(new PodSignal.ConfigurationChanged()));
  }

  private static boolean isOurs(Pod pod) {
    var node = pod.getSpec().getNodeName();
    return node == null || node.equals(PodPlace.NODE);
  }

  private void start(Pod pod) {
    var address = addresses.take(ports(pod));
    var place = new PodPlace(directory, pod, address, kubeconfig);
    var loop = new PodLoop(place, planner, new StatusWriter(client));
    var name = "pod " + pod.getMetadata().getName();
    var thread = Thread.ofVirtual().name(name).unstarted(() -> live(pod, loop, place));
    pods.put(pod.getMetadata().getUid(), new Running(pod, loop, thread));
    thread.start();
  }

  private static List<Integer> ports(Pod pod) {
    return pod.getSpec().getContainers().stream()
        .flatMap(container -> container.getPorts().stream())
        .map(ContainerPort::getContainerPort)
        .toList();
  }

  private void live(Pod pod, PodLoop loop, PodPlace place) {
    try {
      loop.run();
      Directories.delete(place.directory());
    } catch (IOException | RuntimeException e) {
      log("pod not cleaned up", pod, e);
    }
    addresses.release(place.address());
    synchronized (this) {
      pods.remove(pod.getMetadata().getUid());
    }
    // An interrupt means that the Pod, or the whole platform, is gone already.
    if (!Thread.currentThread().isInterrupted()) {
      remove(pod);
    }
  }

  private void remove(Pod pod) {
    try {
      client.resource(pod).withGracePeriod(0).delete();
    } catch (KubernetesClientException e) {
      log("pod not removed", pod, e);
    }
  }

  private static void log(String message, Pod pod, Exception cause) {
    LOG.atWarn()
        .setCause(cause)
        .addKeyValue("namespace", pod.getMetadata().getNamespace())
        .addKeyValue("name", pod.getMetadata().getName())
        .log(message);
  }

  /// Stops all pods, each with its own grace period, but in 20 s at most; at once if interrupted.
  @Override
  public void close() {
    var end = Instant.now().plus(STOP_LIMIT);
    var all = closing();
    try {
      for (var running : all) {
        var _ = running.thread().join(Duration.between(Instant.now(), end));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    all.forEach(running -> running.thread().interrupt());
    MarkedProcesses.kill(MarkedProcesses.PLATFORM, directory.toString());
  }

  private synchronized List<Running> closing() {
    isClosed = true;
    var all = List.copyOf(pods.values());
    for (var running : all) {
      var own = PodLoop.grace(running.pod());
      var grace = own.compareTo(STOP_LIMIT) < 0 ? own : STOP_LIMIT;
      running.loop().signal(new PodSignal.Stop(grace));
    }
    return all;
  }
}
