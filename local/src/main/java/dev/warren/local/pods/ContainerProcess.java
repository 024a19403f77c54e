package dev.warren.local.pods;

import dev.warren.local.pods.LaunchPlan.Launch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// One run of a pod's process. Used by the pod's own thread.
final class ContainerProcess {
  private static final List<String> INHERITED =
      List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME");
  private static final boolean HAS_SETSID =
      Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
          .anyMatch(directory -> Files.isExecutable(Path.of(directory, "setsid")));

  private final Process process;
  private final String podUid;
  private final Instant startedAt = Instant.now();

  private ContainerProcess(Process process, String podUid) {
    this.process = process;
    this.podUid = podUid;
  }

  /// Starts it in a session of its own, so that the terminal's Ctrl-C does not reach it; output is
  /// appended to the pod's log.
  ///
  /// @param marks variables by which {@link MarkedProcesses} finds it and its children
  /// @param onExit called once, on any thread
  /// @throws IOException if there is no such program or directory
  static ContainerProcess start(
      Launch launch, Path log, Map<String, String> marks, Consumer<PodSignal.Exited> onExit)
      throws IOException {
    var command = new ArrayList<>(launch.command());
    if (HAS_SETSID) {
      command.addFirst("setsid");
    }
    var builder = new ProcessBuilder(command);
    builder.directory(launch.workingDirectory().toFile());
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.redirectInput(new File("/dev/null"));
    builder.environment().keySet().retainAll(INHERITED);
    builder.environment().putAll(launch.environment());
    builder.environment().putAll(marks);
    var process = builder.start();
    var _ =
        process
            .onExit()
            .thenAccept(
                exited -> onExit.accept(new PodSignal.Exited(exited.pid(), exited.exitValue())));
    return new ContainerProcess(process, marks.getOrDefault(MarkedProcesses.POD, ""));
  }

  Instant startedAt() {
    return startedAt;
  }

  long pid() {
    return process.pid();
  }

  /// Ends the process and whatever it started: SIGTERM to the process, and SIGKILL to all that is
  /// left after the grace period or the process's own end.
  ///
  /// @return the exit code
  int stop(Duration grace) throws InterruptedException {
    process.destroy();
    process.waitFor(grace.toMillis(), TimeUnit.MILLISECONDS);
    kill();
    return process.waitFor();
  }

  /// Ends whatever is left (SIGKILL).
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    MarkedProcesses.kill(MarkedProcesses.POD, podUid);
  }
}
