package dev.warren.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UploadOptionsTest {
  private static final Map<String, String> NONE = Map.of();

  @Test
  void readsTheCommandLine() {
    var options = parse("--binding", "/b", "--dir", "/d", "--tasks", "7", "--seed", "9");

    assertThat(options).isEqualTo(new UploadOptions(Path.of("/b"), Path.of("/d"), 7, 9));
  }

  @Test
  void takesBindingFromTheEnvironmentAndTheRestByDefault() {
    var options =
        UploadOptions.parse(
            new String[] {"--dir", "/d"}, Map.of("WARREN_BINDING_DIRECTORY", "/env"));

    assertThat(options).isEqualTo(new UploadOptions(Path.of("/env"), Path.of("/d"), 2_000, 1));
  }

  @Test
  void makesTheDirectoryAbsolute() {
    assertThat(parse("--binding", "/b", "--dir", "work").directory()).isAbsolute();
  }

  @Test
  void saysWhatIsWrong() {
    assertWrong("--dir is missing", "--binding", "/b");
    assertWrong("--binding is missing", "--dir", "/d");
    assertWrong("'--task' is not understood", "--task", "7");
    assertWrong("'--tasks' is not understood", "--dir", "/d", "--tasks");
    assertWrong("--tasks is 'x'; use a number", "--binding", "/b", "--dir", "/d", "--tasks", "x");
    assertWrong("--tasks is 0; use 1 to 100000", "--binding", "/b", "--dir", "/d", "--tasks", "0");
    assertWrong(
        "--tasks is 100001; use 1 to 100000",
        "--binding",
        "/b",
        "--dir",
        "/d",
        "--tasks",
        "100001");
  }

  private static void assertWrong(String message, String... arguments) {
    assertThatIllegalArgumentException().isThrownBy(() -> parse(arguments)).withMessage(message);
  }

  private static UploadOptions parse(String... arguments) {
    return UploadOptions.parse(arguments, NONE);
  }
}
