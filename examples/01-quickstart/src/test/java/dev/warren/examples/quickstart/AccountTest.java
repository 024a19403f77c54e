package dev.warren.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTest {
  @TempDir private Path directory;

  @Test
  void countsAPictureWhenAllOfItsThumbnailsAreThere() throws IOException {
    touch("in/1.jpg", "out/1-320.jpg", "out/1-160.jpg", "out/1-64.jpg");
    touch("in/2.jpg", "out/2-320.jpg", "out/2-160.jpg", "out/.2-64.jpg.x.part");
    touch("in/3.jpg");

    assertThat(Account.of(directory)).isEqualTo(new Account(1, 2));
  }

  @Test
  void countsNothingWhereNothingIs() throws IOException {
    assertThat(Account.of(directory)).isEqualTo(new Account(0, 0));
  }

  private void touch(String... names) throws IOException {
    for (var name : names) {
      var file = directory.resolve(name);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }
}
