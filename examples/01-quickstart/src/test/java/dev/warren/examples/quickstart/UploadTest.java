package dev.warren.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UploadTest {
  @Test
  void mixesFiveBrokenAndThreePercentHiccupsIntoTwoThousand() {
    var uploads = Upload.mix(2_000, 1);

    assertThat(uploads).hasSize(2_000);
    assertThat(uploads.stream().filter(Upload::broken)).hasSize(5);
    assertThat(uploads.stream().filter(upload -> upload.hiccups() == 1)).hasSize(30);
    assertThat(uploads.stream().filter(upload -> upload.hiccups() == 2)).hasSize(30);
    assertThat(uploads).noneMatch(upload -> upload.broken() && upload.hiccups() > 0);
  }

  @Test
  void usesEveryPriorityFromZeroToNine() {
    assertThat(Upload.mix(2_000, 1).stream().map(Upload::priority).distinct().sorted())
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void numbersThemInOrder() {
    assertThat(Upload.mix(300, 1).stream().map(Upload::number))
        .containsExactlyElementsOf(IntStream.range(0, 300).boxed().toList());
  }

  @Test
  void breaksOneOfAFew() {
    assertThat(Upload.mix(1, 1)).singleElement().matches(Upload::broken);
    assertThat(Upload.mix(20, 1).stream().filter(Upload::broken)).hasSize(1);
  }

  @Test
  void isTheSameForTheSameSeedOnly() {
    assertThat(Upload.mix(500, 7)).isEqualTo(Upload.mix(500, 7)).isNotEqualTo(Upload.mix(500, 8));
  }

  @Test
  void mixesAHundredThousand() {
    assertThat(Upload.mix(100_000, 1).getLast().fileName()).isEqualTo("99999.jpg");
  }
}
