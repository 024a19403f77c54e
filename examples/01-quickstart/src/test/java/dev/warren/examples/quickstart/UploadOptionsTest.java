package dev.warren.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class UploadOptionsTest {
  @Test
  void readsTheCommandLine() {
    var options = parse("--bindings", "/b", "--work", "/d", "--tasks", "7", "--seed", "9");

    assertThat(options).isEqualTo(new UploadOptions(Path.of("/b"), Path.of("/d"), 7, 9));
    assertThat(options.binding()).isEqualTo(Path.of("/b/quickstart/thumbnails"));
  }

  @Test
  void takesTheRestByDefault() {
    var options = parse("--bindings", "/b", "--work", "/d");

    assertThat(options).isEqualTo(new UploadOptions(Path.of("/b"), Path.of("/d"), 2_000, 1));
  }

  @Test
  void makesTheDirectoryAbsolute() {
    assertThat(parse("--bindings", "/b", "--work", "work").work()).isAbsolute();
  }

  @Test
  void saysWhatIsWrong() {
    assertWrong("--work is missing", "--bindings", "/b");
    assertWrong("--bindings is missing", "--work", "/d");
    assertWrong("'--task' is not understood", "--task", "7");
    assertWrong("'--tasks' is not understood", "--work", "/d", "--tasks");
    assertWrong("--tasks is 'x'; use a number", with("x"));
    assertWrong("--tasks is 0; use 1 to 100000", with("0"));
    assertWrong("--tasks is 100001; use 1 to 100000", with("100001"));
  }

  private static String[] with(String tasks) {
    return new String[] {"--bindings", "/b", "--work", "/d", "--tasks", tasks};
  }

  private static void assertWrong(String message, String... arguments) {
    assertThatIllegalArgumentException().isThrownBy(() -> parse(arguments)).withMessage(message);
  }

  private static UploadOptions parse(String... arguments) {
    return UploadOptions.parse(arguments);
  }
}
