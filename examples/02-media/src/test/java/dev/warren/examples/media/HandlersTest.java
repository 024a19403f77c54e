package dev.warren.examples.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.warren.worker.Outcome;
import dev.warren.worker.Task;
import dev.warren.worker.TaskContext;
import dev.warren.worker.TaskHandler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class HandlersTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(names = {"JPEG", "PNG"})
  void makesASmallThumbnailOfThePicturesShapeAndNothingElse(Upload.Kind kind) throws IOException {
    var source = new SourceFiles(directory.resolve("in")).put(upload(kind, false));

    var outcome = handle(new ThumbnailHandler(), source.toUri());

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    var thumbnail = ImageIO.read(target().toFile());
    assertThat(thumbnail.getWidth()).isEqualTo(ThumbnailHandler.WIDTH);
    assertThat(thumbnail.getHeight()).isEqualTo(ThumbnailHandler.WIDTH * 3 / 4);
    assertThat(target().getParent()).isDirectoryNotContaining("glob:**.part");
  }

  @Test
  void makesAPreviewOfFramesSideBySide() throws IOException {
    var source = new SourceFiles(directory.resolve("in")).put(upload(Upload.Kind.CLIP, false));

    var outcome = handle(new PreviewHandler(), source.toUri());

    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    assertThat(ImageIO.read(target().toFile()).getWidth())
        .isEqualTo(PreviewHandler.FRAMES * PreviewHandler.WIDTH);
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void writesTheSameAgainWhenATaskIsRepeated(TaskHandler<MediaTask> handler) throws IOException {
    var source = new SourceFiles(directory.resolve("in")).put(upload(Upload.Kind.CLIP, false));
    handle(handler, source.toUri());
    var first = Files.readAllBytes(target());

    handle(handler, source.toUri());

    assertThat(target()).hasBinaryContent(first);
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void failsForGoodWhenTheUploadIsGone(TaskHandler<MediaTask> handler) throws IOException {
    var source = new SourceFiles(directory.resolve("in")).put(upload(Upload.Kind.CLIP, true));

    assertThat(handle(handler, source.toUri()))
        .isInstanceOfSatisfying(
            Outcome.Fail.class,
            fail -> assertThat(fail.reason()).contains("00007.gif").contains("is gone"));
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void failsForGoodWhenTheFileIsSomethingElse(TaskHandler<MediaTask> handler) throws IOException {
    var source = Files.writeString(directory.resolve("text.gif"), "a text");

    assertThat(handle(handler, source.toUri())).isInstanceOf(Outcome.Fail.class);
    assertThat(target()).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource("handlers")
  void refusesSourcesThatItCannotRead(TaskHandler<MediaTask> handler) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> handle(handler, URI.create("ftp://host/1.jpg")))
        .withMessage("'ftp://host/1.jpg' is no URL of file, http or https");
  }

  static Stream<TaskHandler<MediaTask>> handlers() {
    return Stream.of(new ThumbnailHandler(), new PreviewHandler());
  }

  private static Upload upload(Upload.Kind kind, boolean gone) {
    return new Upload(7, kind, false, gone);
  }

  private Outcome handle(TaskHandler<MediaTask> handler, URI source) throws IOException {
    try {
      return handler.handle(
          new Task<>(
              Optional.of("id-1"),
              "image",
              "image.jpeg",
              0,
              Map.of(),
              new MediaTask(source, target().toString())),
          new Attempt(1, Instant.EPOCH, Instant.MAX, false));
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private Path target() {
    return directory.resolve("out.jpg");
  }

  private record Attempt(int attempt, Instant firstSeen, Instant deadline, boolean isCancelled)
      implements TaskContext {}
}
