package dev.warren.local.pods;

import dev.warren.local.pods.LaunchPlan.Blocked;
import dev.warren.local.pods.LaunchPlan.Launch;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The life of one pod: prepare, run, wait, run again, stop. Runs in a thread of its own, which
/// owns all its state; others reach it by signals. An interrupt ends it at once.
final class PodLoop implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(PodLoop.class);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final long DEFAULT_GRACE_SECONDS = 30;

  private final Pod pod;
  private final PodPlace place;
  private final LaunchPlanner planner;
  private final PodReporter reporter;
  private final Volumes volumes;
  private final BlockingQueue<PodSignal> signals = new LinkedBlockingQueue<>();
  private Backoff backoff = Backoff.NONE;

  PodLoop(PodPlace place, LaunchPlanner planner, StatusWriter writer) {
    this.pod = place.pod();
    this.place = place;
    this.planner = planner;
    this.reporter = new PodReporter(pod, place.address(), writer);
    this.volumes = new Volumes(place);
  }

  /// How long a pod has to stop.
  static Duration grace(Pod pod) {
    return Duration.ofSeconds(
        Optional.ofNullable(pod.getSpec().getTerminationGracePeriodSeconds())
            .orElse(DEFAULT_GRACE_SECONDS));
  }

  /// Any thread may call.
  void signal(PodSignal signal) {
    signals.add(signal);
  }

  @Override
  public void run() {
    try {
      var isToGoOn = true;
      while (isToGoOn) {
        isToGoOn = runOnce();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    log("pod stopped", "");
  }

  /// @return whether to go on
  private boolean runOnce() throws InterruptedException {
    try {
      return switch (prepare()) {
        case Blocked blocked -> reportAndPause(blocked);
        case Launch launch -> runAndPause(launch);
      };
    } catch (Blocker blocker) {
      return reportAndPause(blocker.toPlan());
    } catch (IOException e) {
      return reportAndPause(new Blocked("CreateContainerError", String.valueOf(e.getMessage())));
    }
  }

  private LaunchPlan prepare() throws IOException {
    volumes.refresh(pod, planner.source());
    return planner.plan(pod, place);
  }

  private boolean reportAndPause(Blocked blocked) throws InterruptedException {
    reporter.report(new ContainerState.Waiting(blocked.reason(), blocked.message()));
    return pause(RETRY);
  }

  private boolean runAndPause(Launch launch) throws IOException, InterruptedException {
    var end = new ContainerRun(place, signals, reporter).run(launch, this::refreshVolumes);
    return end.isPresent() && restartLater(end.get());
  }

  private boolean restartLater(Termination end) throws InterruptedException {
    backoff = backoff.after(Duration.between(end.startedAt(), end.finishedAt()));
    reporter.ended(end);
    var container = pod.getSpec().getContainers().getFirst().getName();
    var message =
        "back-off %ds restarting failed container=%s"
            .formatted(backoff.delay().toSeconds(), container);
    reporter.report(new ContainerState.Waiting("CrashLoopBackOff", message));
    log("container ended", Integer.toString(end.exitCode()));
    return pause(backoff.delay());
  }

  private void refreshVolumes() {
    try {
      volumes.refresh(pod, planner.source());
    } catch (IOException | Blocker e) {
      // As a kubelet does: what is mounted stays, and the next change is another chance.
      LOG.atWarn()
          .setCause(e)
          .addKeyValue("name", pod.getMetadata().getName())
          .log("volumes not refreshed");
    }
  }

  /// @return false if the pod was told to stop meanwhile
  private boolean pause(Duration duration) throws InterruptedException {
    var end = System.nanoTime() + duration.toNanos();
    for (var left = duration.toNanos(); left > 0; left = end - System.nanoTime()) {
      if (signals.poll(left, TimeUnit.NANOSECONDS) instanceof PodSignal.Stop) {
        return false;
      }
    }
    return true;
  }

  private void log(String message, String status) {
    LOG.atInfo()
        .addKeyValue("namespace", pod.getMetadata().getNamespace())
        .addKeyValue("name", pod.getMetadata().getName())
        .addKeyValue("status", status)
        .log(message);
  }
}
