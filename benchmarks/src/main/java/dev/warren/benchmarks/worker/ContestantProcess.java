package dev.warren.benchmarks.worker;

import dev.warren.benchmarks.harness.BenchmarkException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A contestant as a process, and the processes that it has started itself. For one thread.
final class ContestantProcess implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);
  private static final Pattern RESIDENT = Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$");
  private static final double KIB_PER_MIB = 1_024;

  private final Contestant contestant;
  private final Process process;
  private final Path log;
  private final long started;

  private ContestantProcess(Contestant contestant, Process process, Path log, long started) {
    this.contestant = contestant;
    this.process = process;
    this.log = log;
    this.started = started;
  }

  /// Starts one.
  ///
  /// @param log takes what it prints
  static ContestantProcess start(Contestant contestant, ProcessBuilder builder, Path log)
      throws IOException {
    long started = System.nanoTime();
    var process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new ContestantProcess(contestant, process, log, started);
  }

  Contestant contestant() {
    return contestant;
  }

  /// Just before it was started, as {@link System#nanoTime} tells.
  long started() {
    return started;
  }

  /// Keeps it from doing anything, so that its queue can be filled; for less than its heartbeat.
  void pause() throws IOException, InterruptedException {
    signal("STOP");
  }

  /// Lets it go on.
  void resume() throws IOException, InterruptedException {
    signal("CONT");
  }

  /// Fails if it has ended by itself.
  void requireRunning() {
    if (!process.isAlive()) {
      throw new BenchmarkException(
          "%s ended with status %d; see %s".formatted(contestant.text(), process.exitValue(), log));
    }
  }

  /// Time on the machine's cores since its start.
  Duration cpu() {
    return processes()
        .map(it -> it.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  /// Resident memory in MiB.
  double rss() throws IOException {
    double sum = 0;
    for (var it : processes().toList()) {
      var status = Files.readString(Path.of("/proc", Long.toString(it.pid()), "status"));
      var found = RESIDENT.matcher(status);
      sum += found.find() ? Long.parseLong(found.group(1)) / KIB_PER_MIB : 0;
    }
    return sum;
  }

  /// Has it settle what it holds and end.
  void stop() throws InterruptedException {
    requireRunning();
    process.destroy();
    if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new BenchmarkException(
          "%s did not stop within %s; see %s".formatted(contestant.text(), STOP_TIMEOUT, log));
    }
  }

  @Override
  public void close() {
    kill(process.toHandle());
    process.onExit().join();
  }

  /// Ends a process and its children at once, paused ones too.
  static void kill(ProcessHandle handle) {
    var all = Stream.concat(handle.descendants(), Stream.of(handle)).toList();
    all.forEach(ProcessHandle::destroyForcibly);
  }

  private Stream<ProcessHandle> processes() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private void signal(String name) throws IOException, InterruptedException {
    requireRunning();
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
