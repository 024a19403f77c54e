package dev.warren.local.pods;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.local.pods.LocalImages.LocalImage;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalImagesTest {
  private static final LocalImages IMAGES =
      new LocalImages(
          Map.of(
              "worker", image("any"),
              "worker:2", image("second"),
              "registry.example:5000/worker", image("far")));

  @ParameterizedTest
  @CsvSource({
    "worker,any",
    "worker:1,any",
    "worker:2,second",
    "registry.example:5000/worker,far",
    "registry.example:5000/worker:1,far"
  })
  void findsAVersionAndElseWhatStandsForAll(String name, String command) {
    assertThat(IMAGES.find(name)).contains(image(command));
  }

  @Test
  void findsNothingOfAnotherName() {
    assertThat(IMAGES.find("registry.example:5000")).isEmpty();
  }

  private static LocalImage image(String command) {
    return new LocalImage(List.of(command), List.of(), Map.of());
  }
}
