package dev.warren.benchmarks.worker.contestant;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// How many tasks are done, and when each was: a file in the memory of two processes, the
/// contestant that writes and the benchmark that looks, so that counting costs neither of them a
/// call, and the broker nothing. Safe for use by many threads.
///
/// Numbers of 8 bytes in the machine's order: first {@link #SLOTS} counts, of which a contestant of
/// several processes uses one for each, then the times at which tasks were done, by the number of
/// the task, in nanoseconds of the machine's monotonic clock.
public final class Tally {
  /// How many processes may count.
  static final int SLOTS = 64;

  /// Tasks whose time is kept: those with the lowest numbers.
  public static final int TIMES = 1 << 20;

  private static final VarHandle CELL = ValueLayout.JAVA_LONG.varHandle();

  private final MemorySegment memory;

  private Tally(MemorySegment memory) {
    this.memory = memory;
  }

  /// Opens one; makes the file if it is not there.
  public static Tally open(Path file) {
    try (var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var bytes = (long) (SLOTS + TIMES) * Long.BYTES;
      return new Tally(channel.map(MapMode.READ_WRITE, 0, bytes, Arena.ofAuto()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Counts a task that is done.
  public void done(long task) {
    if (task < TIMES) {
      CELL.setOpaque(memory, (SLOTS + task) * Long.BYTES, System.nanoTime());
    }
    var _ = (long) CELL.getAndAdd(memory, 0L, 1L);
  }

  /// How many are done since the last {@link #reset}.
  public long count() {
    long sum = 0;
    for (long slot = 0; slot < SLOTS; slot++) {
      sum += (long) CELL.getVolatile(memory, slot * Long.BYTES);
    }
    return sum;
  }

  /// When a task was done, as {@link System#nanoTime} tells in every process of a machine.
  public long time(long task) {
    return (long) CELL.getVolatile(memory, (SLOTS + task) * Long.BYTES);
  }

  /// Begins anew; nobody may be counting.
  public void reset() {
    memory.asSlice(0, (long) SLOTS * Long.BYTES).fill((byte) 0);
  }
}
