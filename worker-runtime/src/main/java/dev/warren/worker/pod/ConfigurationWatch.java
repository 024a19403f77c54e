package dev.warren.worker.pod;

import dev.warren.model.WorkerConfiguration;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes over changes of the mounted configuration while the pod runs. The file is read again and
/// again: a kubelet replaces it by way of a symbolic link two directories up, which no watch of the
/// file notices. What cannot be used is told once, and the old settings stay; so they do when a
/// change needs other pods, which the operator then starts.
final class ConfigurationWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationWatch.class);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  private final ConfigurationFile file;
  private final Consumer<WorkerConfiguration> changes;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("configuration").unstarted(this::run);

  /// Written and read by the watching thread only, as the next.
  private WorkerConfiguration current;

  private String lastProblem = "";

  /// @param current what the pod started with
  /// @param changes takes each new configuration, on the watch's thread
  ConfigurationWatch(
      ConfigurationFile file, WorkerConfiguration current, Consumer<WorkerConfiguration> changes) {
    this.file = file;
    this.current = current;
    this.changes = changes;
  }

  void start() {
    thread.start();
  }

  void stop() {
    stopped.countDown();
  }

  /// Looks once.
  void look() {
    try {
      take(file.read());
    } catch (UnusableEnvironmentException e) {
      tell(
          String.valueOf(e.getMessage()),
          "The changed configuration cannot be used; the pod keeps what it has");
    }
  }

  private void run() {
    try {
      while (!stopped.await(PERIOD.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(WorkerConfiguration next) {
    if (next.equals(current)) {
      lastProblem = "";
    } else if (!next.startSettings().equals(current.startSettings())) {
      tell(
          changed(current.startSettings(), next.startSettings()),
          "The changed configuration is for pods that start anew; this one keeps what it has");
    } else {
      LOG.atInfo()
          .addKeyValue("changed", changed(current.toSettings(), next.toSettings()))
          .log("The configuration has changed");
      current = next;
      lastProblem = "";
      changes.accept(next);
    }
  }

  private void tell(String reason, String message) {
    if (!reason.equals(lastProblem)) {
      lastProblem = reason;
      LOG.atWarn().addKeyValue("reason", reason).log(message);
    }
  }

  /// The keys that differ.
  private static String changed(Map<String, String> before, Map<String, String> after) {
    var keys = new TreeSet<>(before.keySet());
    keys.addAll(after.keySet());
    return keys.stream()
        .filter(key -> !Objects.equals(before.get(key), after.get(key)))
        .collect(Collectors.joining(", "));
  }
}
