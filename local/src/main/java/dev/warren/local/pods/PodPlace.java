package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.Pod;
import java.nio.file.Path;

/// Where a pod lives on this machine.
///
/// @param platform directory of the platform
/// @param pod the pod as it was created
/// @param address its own loopback address
/// @param kubeconfig given to pods with a service account
record PodPlace(Path platform, Pod pod, String address, Path kubeconfig) {
  static final String NODE = "local";
  static final String HOST_ADDRESS = "127.0.0.1";

  /// Below it are the directories of all pods, each only while its pod lives.
  static Path pods(Path platform) {
    return platform.resolve("pods");
  }

  /// Its own, for volumes and the termination message.
  Path directory() {
    return pods(platform).resolve(pod.getMetadata().getUid());
  }

  /// Its output, across restarts; stays when the pod is gone.
  Path log() {
    var metadata = pod.getMetadata();
    return platform
        .resolve("logs")
        .resolve("%s_%s.log".formatted(metadata.getNamespace(), metadata.getName()));
  }

  Path terminationLog() {
    return directory().resolve("termination-log");
  }

  /// Below it are the pod's volumes.
  Path volumes() {
    return directory().resolve("volumes");
  }

  Path volume(String name) {
    return volumes().resolve(name);
  }
}
