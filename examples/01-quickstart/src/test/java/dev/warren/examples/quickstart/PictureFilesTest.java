package dev.warren.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
  @TempDir private Path directory;

  @Test
  void givesEachUploadAFileWithAPicture() throws IOException {
    var files = new PictureFiles(directory.resolve("in"), 1);
    for (var upload : Upload.mix(90, 1)) {
      var file = files.put(upload);

      assertThat(file).isEqualTo(directory.resolve("in").resolve(upload.fileName())).exists();
      if (!upload.broken()) {
        var image = ImageIO.read(file.toFile());
        assertThat(image.getWidth()).isEqualTo(Drawing.WIDTH);
        assertThat(image.getHeight()).isEqualTo(Drawing.HEIGHT);
      }
    }
  }

  @Test
  void replacesFilesOfAnEarlierRun() throws IOException {
    var one = new PictureFiles(directory, 1).put(new Upload(3, 0, false, 0));
    var before = Files.readAllBytes(one);

    new PictureFiles(directory, 2).put(new Upload(3, 0, false, 0));

    assertThat(Files.readAllBytes(one)).isNotEqualTo(before);
  }

  @Test
  void doesNotBreakOtherPicturesWithABrokenOne() throws IOException {
    var files = new PictureFiles(directory, 1);
    var good = files.put(new Upload(0, 0, false, 0));
    files.put(new Upload(40, 0, false, 0));

    new PictureFiles(directory, 1).put(new Upload(40, 0, true, 0));

    assertThat(ImageIO.read(good.toFile())).isNotNull();
  }
}
