package dev.warren.local.docs;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/// A bash in which one block of commands is run after the other, as a reader would in a terminal:
/// directory and variables stay. For one thread.
final class Shell implements AutoCloseable {
  /// Takes the place of an exit status when bash itself has ended.
  private static final String GONE = "gone";

  private final Process bash;
  private final Writer input;
  private final Path script;
  private final Path output;

  /// A line for each block that has ended, with its exit status. Filled by the reading thread.
  private final BlockingQueue<String> ended = new ArrayBlockingQueue<>(1);

  /// @param output all that a block printed
  record Result(boolean success, String output) {}

  private Shell(Process bash, Path scratch) {
    this.bash = bash;
    this.input = bash.outputWriter(StandardCharsets.UTF_8);
    script = scratch.resolve("commands");
    output = scratch.resolve("output");
    Thread.ofVirtual().start(this::read);
  }

  /// @param directory where it starts
  /// @param scratch directory for what only this class reads
  static Shell start(Path directory, Path scratch) throws IOException {
    Files.createDirectories(scratch);
    var builder = new ProcessBuilder(List.of("bash", "--noprofile", "--norc"));
    return new Shell(
        builder
            .directory(directory.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start(),
        scratch.toAbsolutePath());
  }

  /// Runs commands whose settings stay. If one fails, the others are not run, and the shell is of
  /// no use any more.
  Result run(String commands, Duration patience) throws IOException, InterruptedException {
    return run(
        commands, "set -eo pipefail; . '%s' >'%s' 2>&1 </dev/null; set +eo pipefail", patience);
  }

  /// Runs commands in a shell of their own, of which nothing stays.
  Result runApart(String commands, Duration patience) throws IOException, InterruptedException {
    return run(commands, "(set -eo pipefail; . '%s') >'%s' 2>&1 </dev/null", patience);
  }

  private Result run(String commands, String how, Duration patience)
      throws IOException, InterruptedException {
    Files.writeString(script, commands);
    input.write(how.formatted(script, output) + "\necho $?\n");
    input.flush();
    var status = ended.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
    var printed =
        Files.exists(output) ? new String(Files.readAllBytes(output), StandardCharsets.UTF_8) : "";
    if (status == null) {
      return new Result(
          false, printed + "(not done within %d s)\n".formatted(patience.toSeconds()));
    }
    return new Result(status.equals("0"), printed);
  }

  private void read() {
    try (var lines =
        new BufferedReader(new InputStreamReader(bash.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        ended.put(line);
      }
      ended.put(GONE);
    } catch (IOException e) {
      ended.offer(GONE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Ends the shell and what it still runs; what it has started in the background goes on.
  @Override
  public void close() {
    bash.descendants().forEach(ProcessHandle::destroy);
    bash.destroy();
  }
}
