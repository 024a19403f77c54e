package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmqpSettingsTest {
  @ParameterizedTest
  @CsvSource({"1, 13, 13", "2, 13, 7", "2, 0, 0", "13, 13, 1", "256, 13, 1"})
  void sourcesShareTheWindowAndEachHasSome(int sources, int window, int ofSource) {
    var settings = new AmqpSettings("q", Collections.nCopies(sources, "s"), 13, "pod");

    assertThat(settings.windowOfSource(window)).isEqualTo(ofSource);
  }
}
