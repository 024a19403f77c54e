package dev.warren.examples.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  @Test
  void readsPathsAndTheNumberOfTasks() {
    var line = CommandLine.parse(new String[] {"--work", "/tmp/x", "--tasks", "100000"});

    assertThat(line.path("--work")).isEqualTo(Path.of("/tmp/x"));
    assertThat(line.tasks()).isEqualTo(100_000);
  }

  @Test
  void saysWhatIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.parse(new String[] {"--tasks"}))
        .withMessage("'--tasks' is not understood");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.parse(new String[] {}).path("--work"))
        .withMessage("--work is missing");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "100001", "-1", "many", ""})
  void refusesNumbersOutOfRange(String tasks) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.parse(new String[] {"--tasks", tasks}).tasks())
        .withMessage("--tasks is '%s'; use 1 to 100000", tasks);
  }
}
