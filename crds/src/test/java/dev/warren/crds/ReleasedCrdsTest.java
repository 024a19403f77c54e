package dev.warren.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the CRDs against those of the last release, which users have.
class ReleasedCrdsTest {
  private static final Path RELEASED = Path.of("compatibility");

  @Test
  void nothingBreaksThatIsNotAccepted() throws IOException {
    var accepted =
        Files.readAllLines(RELEASED.resolve("accepted.txt")).stream()
            .filter(line -> !line.startsWith("#"))
            .toList();

    var breaks = released().stream().flatMap(ReleasedCrdsTest::breaks).toList();

    assertThat(breaks)
        .as("break what users have; undo them, or see crds/compatibility/README.md")
        .isSubsetOf(accepted);
    assertThat(accepted)
        .as("do not hold; delete them from crds/compatibility/accepted.txt")
        .isSubsetOf(breaks);
  }

  @ParameterizedTest
  @MethodSource("released")
  void aKindKeepsItsScopeAndItsVersion(Path released) {
    assertThat(List.of("/spec/names/kind", "/spec/scope", "/spec/versions/0/name"))
        .allSatisfy(
            place ->
                assertThat(current(released).document().at(place))
                    .isEqualTo(Crd.read(released).document().at(place)));
  }

  static List<Path> released() throws IOException {
    try (var files = Files.list(RELEASED)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList();
    }
  }

  private static Stream<String> breaks(Path released) {
    var old = Crd.read(released);
    return Compatibility.breaks(old.schema(), current(released).schema()).stream()
        .map(line -> old.kind() + " " + line);
  }

  private static Crd current(Path released) {
    return Crd.read(released.getFileName());
  }
}
