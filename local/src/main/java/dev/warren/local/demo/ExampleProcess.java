package dev.warren.local.demo;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/// A program of the example, run as its own process. It prints `key=number` at its end, and how far
/// it is before.
///
/// A thread of its own reads what it prints; any thread may ask how far it is.
final class ExampleProcess implements AutoCloseable {
  private static final Pattern UPLOADED = Pattern.compile("uploaded (\\d+) of \\d+");

  private final Process process;
  private final Path log;

  /// Written by the reading thread.
  private final AtomicReference<String> lastLine = new AtomicReference<>("");

  private final Thread reader;

  private ExampleProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    reader = Thread.ofVirtual().start(this::read);
  }

  /// Starts a class of the example.
  ///
  /// @param log takes what it says besides its results
  static ExampleProcess start(Path example, String className, List<String> arguments, Path log)
      throws IOException {
    var target = example.resolve("target");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    command.addAll(
        List.of(
            "-cp", target.resolve("classes") + File.pathSeparator + target.resolve("lib") + "/*"));
    command.add("dev.warren.examples.quickstart." + className);
    command.addAll(arguments);
    return new ExampleProcess(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start(),
        log);
  }

  boolean running() {
    return process.isAlive();
  }

  /// How many it has uploaded, by what it printed last.
  int uploaded() {
    var match = UPLOADED.matcher(lastLine.get());
    return match.matches() ? Integer.parseInt(match.group(1)) : number("published").orElse(0);
  }

  /// The number that it printed for this key in its last line.
  OptionalInt number(String key) {
    var match = Pattern.compile("(^| )" + key + "=(\\d+)").matcher(lastLine.get());
    return match.find() ? OptionalInt.of(Integer.parseInt(match.group(2))) : OptionalInt.empty();
  }

  /// Waits for its end.
  ///
  /// @throws DemoException if it failed
  void join() throws InterruptedException {
    var status = process.waitFor();
    reader.join();
    if (status != 0) {
      throw new DemoException(
          "a program of the example ended with status %d; see %s".formatted(status, log));
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
      }
    } catch (IOException e) {
      // The process is gone; its exit status tells.
    }
  }
}
