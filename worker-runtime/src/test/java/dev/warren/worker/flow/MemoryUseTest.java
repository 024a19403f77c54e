package dev.warren.worker.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MemoryUseTest {
  @TempDir private Path directory;

  @Test
  void leavesOutWhatTheKernelCanTakeBack() throws Exception {
    write("memory.max", "1000\n");
    write("memory.current", "900\n");
    write("memory.stat", "anon 500\ninactive_file 300\n");

    assertThat(new MemoryUse(directory).containerShare()).isEqualTo(0.6);
  }

  @Test
  void isNothingWithoutALimit() throws Exception {
    assertThat(new MemoryUse(directory).containerShare()).isZero();

    write("memory.max", "max\n");
    assertThat(new MemoryUse(directory).containerShare()).isZero();
  }

  @Test
  void knowsTheHeap() {
    assertThat(new MemoryUse(directory).share()).isBetween(0.0, 1.0);
  }

  private void write(String file, String text) throws Exception {
    Files.writeString(directory.resolve(file), text);
  }
}
