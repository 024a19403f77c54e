package dev.warren.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path directory;

  @Test
  void replacesTheFileByAnotherOneAndDoesNotWriteIntoIt() throws IOException {
    var file = directory.resolve("picture");
    Files.writeString(file, "old");
    var reader = directory.resolve("what a reader has open");
    Files.createLink(reader, file);

    AtomicFile.write(file, new byte[] {1, 2, 3});

    assertThat(file).hasBinaryContent(new byte[] {1, 2, 3});
    assertThat(reader).hasContent("old");
  }

  @Test
  void leavesNothingBehindWhenItFails() throws IOException {
    var occupied = directory.resolve("picture");
    Files.createDirectories(occupied.resolve("full"));

    assertThatIOException().isThrownBy(() -> AtomicFile.write(occupied, new byte[] {1}));

    assertThat(directory).isDirectoryNotContaining(file -> file.toString().endsWith(".part"));
  }
}
