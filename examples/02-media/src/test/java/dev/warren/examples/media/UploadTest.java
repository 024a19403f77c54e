package dev.warren.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class UploadTest {
  @Test
  void mixesKindsAndUrgencies() {
    assertThat(count(2_000, upload -> upload.kind() == Upload.Kind.CLIP)).isEqualTo(40);
    assertThat(count(2_000, Upload::urgent)).isBetween(60L, 140L);
    assertThat(count(2_000, upload -> upload.urgent() && upload.kind() == Upload.Kind.CLIP))
        .isZero();
  }

  @Test
  void losesOneInAThousandButAtLeastOne() {
    assertThat(count(1, Upload::gone)).isOne();
    assertThat(count(400, Upload::gone)).isOne();
    assertThat(count(5_000, Upload::gone)).isEqualTo(5);
  }

  @Test
  void givesUrgentOnesTheHighestPriorityOfTheQueue() {
    assertThat(new Upload(0, Upload.Kind.PNG, true, false).priority()).isEqualTo(5);
    assertThat(new Upload(0, Upload.Kind.PNG, false, false).priority()).isZero();
  }

  private static long count(int uploads, Predicate<Upload> wanted) {
    return Upload.mix(uploads).stream().filter(wanted).count();
  }
}
