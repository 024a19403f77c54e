package dev.warren.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;

class CommandLineTest {
  private static final Set<String> NAMES = Set.of("--speed", "--color");

  @Test
  void readsOptionsWithTheirValues() {
    var line = CommandLine.parse(new String[] {"--speed", "11", "--color", "red"}, NAMES);

    assertThat(line.number("--speed", 1, 0, 20)).isEqualTo(11);
    assertThat(line.text("--color", "blue")).isEqualTo("red");
  }

  @Test
  void fallsBackToTheDefault() {
    var line = CommandLine.parse(new String[0], NAMES);

    assertThat(line.number("--speed", 7, 0, 20)).isEqualTo(7);
    assertThat(line.text("--color", "blue")).isEqualTo("blue");
  }

  @Test
  void refusesAnOptionWithoutAValue() {
    var arguments = new String[] {"--speed"};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> CommandLine.parse(arguments, NAMES))
        .withMessage("'--speed' is not understood");
  }

  @Test
  void refusesANumberOutOfRange() {
    var line = CommandLine.parse(new String[] {"--speed", "21"}, NAMES);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> line.number("--speed", 1, 0, 20))
        .withMessage("--speed is '21'; use 0 to 20");
  }

  @Test
  void missesAnOptionThatIsRequired() {
    var line = CommandLine.parse(new String[0], NAMES);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> line.required("--color"))
        .withMessage("--color is missing");
  }
}
