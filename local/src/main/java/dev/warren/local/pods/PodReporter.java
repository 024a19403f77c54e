package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Tells the API server what a pod is doing. Used by the pod's own thread only, which is the only
/// writer of its status.
final class PodReporter {
  private final Pod pod;
  private final String address;
  private final StatusWriter writer;
  private PodStatus written = new PodStatus();
  private int restarts;
  private @Nullable Termination last;

  PodReporter(Pod pod, String address, StatusWriter writer) {
    this.pod = pod;
    this.address = address;
    this.writer = writer;
  }

  void report(ContainerState state) {
    var now = Instant.now();
    var status = PodStatuses.status(pod, written, address, state, restarts, last, now);
    if (!status.equals(written)) {
      written = status;
      writer.write(pod, status);
    }
  }

  /// A run has ended; the next state belongs to the run after it.
  void ended(Termination termination) {
    last = termination;
    restarts++;
  }
}
