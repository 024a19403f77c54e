package dev.warren.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A process of the JVM that this one runs on. Any thread may call.
public final class ChildJvm implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

  private final Process process;
  private final Path log;
  private final Instant started = Instant.now();

  private ChildJvm(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Starts one.
  ///
  /// @param command options, class path, main class and arguments
  /// @param environment in addition to the one of this process
  /// @param log takes what it prints, after what is there
  public static ChildJvm start(List<String> command, Map<String, String> environment, Path log)
      throws IOException {
    var line = new ArrayList<String>();
    line.add(tool("java").toString());
    line.addAll(command);
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var output = ProcessBuilder.Redirect.appendTo(log.toFile());
    return new ChildJvm(builder.redirectOutput(output).start(), log);
  }

  /// A program of the same JDK.
  public static Path tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name);
  }

  /// Ends all processes that this one has started, for a run that is interrupted: after others
  /// there are none left. The last one first: it says good-bye to those before.
  public static void stopAll() {
    ProcessHandle.current()
        .children()
        .sorted(Comparator.comparingLong(ProcessHandle::pid).reversed())
        .forEach(ChildJvm::stop);
  }

  private static void stop(ProcessHandle child) {
    child.destroy();
    try {
      child.onExit().get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException | InterruptedException _) {
      child.destroyForcibly();
    }
  }

  /// Just after it was started.
  public Instant started() {
    return started;
  }

  /// Its number.
  public long pid() {
    return process.pid();
  }

  /// Fails if it has ended by itself.
  public void requireRunning() {
    if (!process.isAlive()) {
      throw new BenchmarkException(
          "a process ended with status %d; see %s".formatted(process.exitValue(), log));
    }
  }

  /// Asks it to end, by SIGTERM, and waits until it has.
  ///
  /// @throws BenchmarkException if it does not
  public void stop(Duration timeout) throws InterruptedException {
    process.destroy();
    if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new BenchmarkException(
          "a process did not end within %s of SIGTERM; see %s".formatted(timeout, log));
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
