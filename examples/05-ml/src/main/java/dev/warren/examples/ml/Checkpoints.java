package dev.warren.examples.ml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The checkpoints of one training: a file with a line for each step that was done. A step counts
/// when its line is there as a whole; what a killed pod left of a line is cut off. For one thread.
final class Checkpoints implements AutoCloseable {
  /// The state after a step.
  ///
  /// @param step number of steps done
  /// @param attempt that did the last of them
  record Checkpoint(int step, int attempt, Line line) {
    private static final Checkpoint NONE = new Checkpoint(0, 0, Line.ZERO);

    private static Checkpoint parse(String text) {
      var parts = text.split(" ", -1);
      return new Checkpoint(
          Integer.parseInt(parts[0]),
          Integer.parseInt(parts[1]),
          new Line(Double.parseDouble(parts[2]), Double.parseDouble(parts[3])));
    }

    private ByteBuffer bytes() {
      var text = "%d %d %s\n".formatted(step, attempt, line.text());
      return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /// What this process has open: locks of files are between processes only.
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel file;
  private Checkpoint last = Checkpoint.NONE;

  private Checkpoints(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  /// Opens the file, which is made if it is not there. Empty while another attempt has it open: in
  /// a pod that lost the broker, say, and has not noticed yet.
  static Optional<Checkpoints> open(Path path) throws IOException {
    if (!OPEN.add(path)) {
      return Optional.empty();
    }
    var checkpoints =
        new Checkpoints(
            path,
            FileChannel.open(
                path,
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE));
    if (checkpoints.file.tryLock() == null) {
      checkpoints.close();
      return Optional.empty();
    }
    checkpoints.recover();
    return Optional.of(checkpoints);
  }

  /// All of a file, in their order.
  static List<Checkpoint> read(Path path) throws IOException {
    return parse(whole(Files.readString(path)));
  }

  /// Where to go on from.
  Checkpoint last() {
    return last;
  }

  /// Returns when the disk has it.
  void add(Checkpoint checkpoint) throws IOException {
    file.write(checkpoint.bytes());
    file.force(false);
    last = checkpoint;
  }

  /// Leaves the file to the next attempt.
  @Override
  public void close() throws IOException {
    file.close();
    OPEN.remove(path);
  }

  private void recover() throws IOException {
    // By the same channel: closing another one of the same file would give up the lock.
    var bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
    file.read(bytes);
    var whole = whole(StandardCharsets.US_ASCII.decode(bytes.flip()).toString());
    file.truncate(whole.length()).position(whole.length());
    parse(whole).stream().reduce((_, later) -> later).ifPresent(checkpoint -> last = checkpoint);
  }

  private static String whole(String text) {
    return text.substring(0, text.lastIndexOf('\n') + 1);
  }

  private static List<Checkpoint> parse(String whole) {
    return whole.lines().map(Checkpoint::parse).toList();
  }
}
