package dev.warren.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlatformOptionsTest {
  @Test
  void readsEveryOption() {
    var options =
        PlatformOptions.parse(
            List.of("--dir", "/a/../b", "--images", "i", "--api-port", "80", "--owner-pid", "7"));

    assertThat(options)
        .isEqualTo(new PlatformOptions(Path.of("/b"), Path.of("i"), 80, Optional.of(7L)));
  }

  @Test
  void takesAnyPortAndHasNoOwnerByDefault() {
    var options = PlatformOptions.parse(List.of("--dir", "/b", "--images", "i"));

    assertThat(options)
        .isEqualTo(new PlatformOptions(Path.of("/b"), Path.of("i"), 0, Optional.empty()));
  }

  @Test
  void namesAllThatIsWrong() {
    assertThatThrownBy(
            () -> PlatformOptions.parse(List.of("--api-port", "70000", "--owner-pid", "x", "--y")))
        .hasMessageContainingAll(
            "--dir is missing",
            "--images is missing",
            "--api-port: '70000'",
            "--owner-pid: 'x'",
            "unknown option '--y'");
  }
}
