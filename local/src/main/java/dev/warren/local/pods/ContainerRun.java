package dev.warren.local.pods;

import dev.warren.local.pods.LaunchPlan.Launch;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a pod's container, from start to end, with its probes. Used by the pod's own thread
/// only.
final class ContainerRun {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerRun.class);
  private static final String FALL_BACK_TO_LOGS = "FallbackToLogsOnError";

  private final Pod pod;
  private final Container container;
  private final PodPlace place;
  private final BlockingQueue<PodSignal> signals;
  private final PodReporter reporter;
  private final List<Thread> probers = new ArrayList<>();

  /// @param signals filled by others and by this run's own process and probes; emptied here
  ContainerRun(PodPlace place, BlockingQueue<PodSignal> signals, PodReporter reporter) {
    this.pod = place.pod();
    this.container = pod.getSpec().getContainers().getFirst();
    this.place = place;
    this.signals = signals;
    this.reporter = reporter;
  }

  /// Starts the process and stays with it. When this returns or throws, nothing of it is left.
  ///
  /// @param onConfigurationChange called when the volumes may have to be refreshed
  /// @return how it ended, or empty if it was told to stop
  /// @throws IOException if it can't be started
  Optional<Termination> run(Launch launch, Runnable onConfigurationChange)
      throws IOException, InterruptedException {
    var logStart = Files.exists(place.log()) ? Files.size(place.log()) : 0;
    Files.write(place.terminationLog(), new byte[0]);
    var process = ContainerProcess.start(launch, place.log(), marks(), signals::add);
    log("container started", process.pid());
    try {
      startProbers(process);
      var exitCode = follow(process, onConfigurationChange);
      return exitCode.isPresent()
          ? Optional.of(termination(exitCode.get(), process.startedAt(), logStart))
          : Optional.empty();
    } finally {
      process.kill();
      stopProbers();
    }
  }

  private Map<String, String> marks() {
    return Map.of(
        MarkedProcesses.POD,
        pod.getMetadata().getUid(),
        MarkedProcesses.PLATFORM,
        place.platform().toString());
  }

  private void startProbers(ContainerProcess process) {
    var readiness = ProbePlan.of(container.getReadinessProbe(), container, place.address());
    readiness.ifPresent(plan -> start("readiness", new Prober(plan, true, this::readiness)));
    ProbePlan.of(container.getLivenessProbe(), container, place.address())
        .ifPresent(plan -> start("liveness", new Prober(plan, false, this::liveness)));
    reporter.report(new ContainerState.Running(process.startedAt(), readiness.isEmpty()));
  }

  private void start(String kind, Prober prober) {
    var name = "%s of %s".formatted(kind, pod.getMetadata().getName());
    probers.add(Thread.ofVirtual().name(name).start(prober));
  }

  private void readiness(boolean ready) {
    signals.add(new PodSignal.Ready(ready));
  }

  private void liveness(boolean alive) {
    if (!alive) {
      signals.add(new PodSignal.Unhealthy());
    }
  }

  /// @return the exit code, or empty after an order to stop
  private Optional<Integer> follow(ContainerProcess process, Runnable onConfigurationChange)
      throws InterruptedException {
    while (true) {
      switch (signals.take()) {
        case PodSignal.Exited exited when exited.pid() == process.pid() -> {
          return Optional.of(exited.code());
        }
        case PodSignal.Exited _ -> {
          // Late news of the run before, which was stopped.
        }
        case PodSignal.Stop stop -> {
          process.stop(stop.grace());
          return Optional.empty();
        }
        case PodSignal.Unhealthy _ -> {
          log("container failed its liveness probe", process.pid());
          return Optional.of(process.stop(PodLoop.grace(pod)));
        }
        case PodSignal.Ready ready ->
            reporter.report(new ContainerState.Running(process.startedAt(), ready.ready()));
        case PodSignal.ConfigurationChanged _ -> onConfigurationChange.run();
      }
    }
  }

  private Termination termination(int exitCode, Instant startedAt, long logStart)
      throws IOException {
    var asksForLogs = FALL_BACK_TO_LOGS.equals(container.getTerminationMessagePolicy());
    var log = asksForLogs && exitCode != 0 ? place.log() : null;
    var message = TerminationMessage.read(place.terminationLog(), log, logStart);
    return new Termination(exitCode, message, startedAt, Instant.now());
  }

  /// After this, the signals of this run are all there, and are dropped.
  private void stopProbers() throws InterruptedException {
    probers.forEach(Thread::interrupt);
    for (var prober : probers) {
      prober.join();
    }
    signals.removeIf(signal -> !(signal instanceof PodSignal.Stop));
  }

  private void log(String message, long pid) {
    LOG.atInfo()
        .addKeyValue("namespace", pod.getMetadata().getNamespace())
        .addKeyValue("name", pod.getMetadata().getName())
        .addKeyValue("pid", pid)
        .log(message);
  }
}
