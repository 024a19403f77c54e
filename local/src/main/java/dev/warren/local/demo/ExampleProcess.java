package dev.warren.local.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/// A program of the example, run as its own process in the example's directory. It prints
/// `key=number` at its end, and how far it is before.
///
/// A thread of its own reads what it prints; any thread may ask how far it is.
final class ExampleProcess implements AutoCloseable {
  private static final Pattern PUBLISHED = Pattern.compile("published (\\d+) of (\\d+)");

  /// How far a producer is.
  ///
  /// @param published so far
  /// @param tasks in all
  record Step(long published, long tasks) {}

  private final Process process;
  private final Path log;

  /// Written by the reading thread.
  private final AtomicReference<String> lastLine = new AtomicReference<>("");

  /// Written by the reading thread.
  private final AtomicReference<Optional<Step>> lastStep = new AtomicReference<>(Optional.empty());

  private final Thread reader;

  private ExampleProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    reader = Thread.ofVirtual().start(this::read);
  }

  /// Starts a program of the example.
  ///
  /// @param command the program, and its first arguments
  /// @param log takes what it says besides its results
  static ExampleProcess start(
      Example example, List<String> command, List<String> arguments, Path log) throws IOException {
    var all = new ArrayList<>(command);
    all.addAll(arguments);
    return new ExampleProcess(
        new ProcessBuilder(all)
            .directory(example.directory().toFile())
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  boolean running() {
    return process.isAlive();
  }

  /// How far it says it is; empty before it publishes.
  Optional<Step> step() {
    return lastStep.get();
  }

  /// The number that it printed for this key in its last line.
  OptionalLong number(String key) {
    var match =
        Pattern.compile("(^| )" + Pattern.quote(key) + "=(\\d+)( |$)").matcher(lastLine.get());
    return match.find() ? OptionalLong.of(Long.parseLong(match.group(2))) : OptionalLong.empty();
  }

  /// Waits for its end.
  ///
  /// @throws DemoException if it failed
  void join() throws InterruptedException {
    var status = process.waitFor();
    reader.join();
    if (status != 0) {
      throw new DemoException(
          "a program of the example ended with status %d%s; see %s"
              .formatted(
                  status, lastLine.get().isEmpty() ? "" : " and '" + lastLine.get() + "'", log));
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  private void read() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        lastLine.set(line);
        var match = PUBLISHED.matcher(line);
        if (match.matches()) {
          lastStep.set(
              Optional.of(
                  new Step(Long.parseLong(match.group(1)), Long.parseLong(match.group(2)))));
        }
      }
    } catch (IOException e) {
      // The process is gone; its exit status tells.
    }
  }
}
