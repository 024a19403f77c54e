package dev.warren.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the checked-in API reference against the CRDs; `-Dwarren.update=true` writes it anew.
class ReferenceTest {
  private static final Path FILE = Path.of("..", "docs", "reference.md");

  @Test
  void checkedInReferenceIsWhatTheCrdsSay() throws IOException {
    var reference = Reference.of(Crd.generated());

    if (Boolean.getBoolean("warren.update")) {
      Files.writeString(FILE, reference);
    }
    assertThat(FILE)
        .as("is stale: run `mvn -pl crds test -Dwarren.update=true` and commit what it writes")
        .hasContent(reference);
  }

  @ParameterizedTest
  @MethodSource("crds")
  void everyFieldHasARowThatDescribesIt(Crd crd) {
    var reference = Reference.of(List.of(crd));

    assertThat(crd.fields())
        .filteredOn(Field::isNamed)
        .allSatisfy(
            field ->
                assertThat(field.text("description"))
                    .as("the @JsonPropertyDescription of %s", field.path())
                    .isNotEmpty())
        .filteredOn(field -> field.path().contains("."))
        .extracting(field -> "| `" + field.path().replaceFirst("^[a-z]+[.]", "") + "` |")
        .allSatisfy(row -> assertThat(reference).contains(row));
  }

  static List<Crd> crds() {
    return Crd.generated();
  }
}
