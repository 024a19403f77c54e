package dev.warren.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThumbnailHandlerTest {
  @TempDir private Path directory;

  private final ThumbnailHandler handler = new ThumbnailHandler();

  @BeforeEach
  void upload() throws IOException {
    Files.write(directory.resolve("00042.jpg"), Images.jpeg(Drawing.draw(new Random(1))));
  }

  @Test
  void writesThreeThumbnailsOfThePicturesShapeAndNothingElse() throws IOException {
    var outcome = handler.handle(task("00042.jpg", 0), attempt(1));

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(outputs())
        .containsExactlyInAnyOrder("00042-320.jpg", "00042-160.jpg", "00042-64.jpg");
    for (int width : new int[] {320, 160, 64}) {
      var image = ImageIO.read(output("00042-" + width + ".jpg").toFile());
      assertThat(image.getWidth()).isEqualTo(width);
      assertThat(image.getHeight()).isEqualTo(width * 3 / 4);
    }
  }

  @Test
  void writesTheSameAgainWhenATaskIsRepeated() throws IOException {
    handler.handle(task("00042.jpg", 0), attempt(1));
    var first = Files.readAllBytes(output("00042-160.jpg"));
    // What a worker leaves that was killed by a version that did not write atomically.
    Files.writeString(output("00042-160.jpg"), "half a file");

    handler.handle(task("00042.jpg", 0), attempt(1));

    assertThat(output("00042-160.jpg")).hasBinaryContent(first);
    assertThat(outputs()).hasSize(3);
  }

  @Test
  void failsForGoodWhenTheFileIsNoPicture() throws IOException {
    Files.writeString(directory.resolve("text.jpg"), "no picture");

    var outcome = handler.handle(task("text.jpg", 0), attempt(1));

    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Fail.class,
            fail -> assertThat(fail.reason()).contains("text.jpg").contains("not a picture"));
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void failsForGoodWhenTheUploadIsOneOfTheBrokenOnes() throws IOException {
    var file = new PictureFiles(directory, 1).put(new Upload(7, 0, true, 0));

    var outcome = handler.handle(task(file.getFileName().toString(), 0), attempt(1));

    assertThat(outcome).isInstanceOf(Outcome.Fail.class);
  }

  @Test
  void throwsOnEachAttemptThatHiccupsAndSucceedsOnTheNext() throws IOException {
    var task = task("00042.jpg", 2);

    assertThatIOException()
        .isThrownBy(() -> handler.handle(task, attempt(1)))
        .withMessageContaining("storage hiccup");
    assertThatIOException().isThrownBy(() -> handler.handle(task, attempt(2)));
    assertThat(handler.handle(task, attempt(3))).isInstanceOf(Outcome.Done.class);
  }

  @Test
  void throwsWhenTheFileCannotBeReadSoThatItIsTriedAgain() {
    assertThatIOException()
        .isThrownBy(() -> handler.handle(task("absent.jpg", 0), attempt(1)))
        .isInstanceOf(NoSuchFileException.class);
  }

  private Task<ThumbnailHandler.Picture> task(String file, int hiccups) {
    var picture =
        new ThumbnailHandler.Picture(
            directory.resolve(file).toString(), directory.resolve("out").toString(), hiccups);
    return new Task<>(Optional.of("id-1"), "thumbnails", "picture.uploaded", 0, Map.of(), picture);
  }

  private Path output(String name) {
    return directory.resolve("out").resolve(name);
  }

  private Iterable<String> outputs() throws IOException {
    try (var files = Files.list(directory.resolve("out"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private static TaskContext attempt(int number) {
    return new Attempt(number, Instant.EPOCH, Instant.MAX, false);
  }

  private record Attempt(int attempt, Instant firstSeen, Instant deadline, boolean isCancelled)
      implements TaskContext {}
}
