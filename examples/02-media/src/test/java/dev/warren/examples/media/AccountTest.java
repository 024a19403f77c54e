package dev.warren.examples.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountTest {
  @TempDir private Path work;

  @BeforeEach
  void makeDirectory() throws IOException {
    Files.createDirectory(work.resolve("out"));
  }

  @Test
  void countsWhatIsThereAndHowLongItTook() throws IOException {
    receipts(
        new Receipt("1.jpg", true, true, 1_000),
        new Receipt("2.jpg", true, false, 1_000),
        new Receipt("3.jpg", true, false, 2_000),
        new Receipt("4.jpg", false, false, 1_000),
        new Receipt("5.jpg", true, true, 1_000));
    there("1.jpg", 1_200);
    there("2.jpg", 5_000);
    there("3.jpg", 8_000);
    there("4.jpg", 90_000);

    assertThat(Account.of(work))
        .isEqualTo(new Account(4, OptionalLong.of(200), OptionalLong.of(5_000)));
  }

  @Test
  void holdsUrgentOnesToBeSooner() {
    assertThat(new Account(2, OptionalLong.of(1), OptionalLong.of(2)).urgentCameSooner()).isTrue();
    assertThat(new Account(2, OptionalLong.of(2), OptionalLong.of(2)).urgentCameSooner()).isFalse();
    assertThat(new Account(1, OptionalLong.empty(), OptionalLong.of(2)).urgentCameSooner())
        .isTrue();
  }

  private void receipts(Receipt... receipts) throws IOException {
    List<String> lines = Stream.of(receipts).map(Receipt::line).toList();
    Files.write(Receipt.file(work), lines);
  }

  private void there(String name, long millis) throws IOException {
    var file = Files.createFile(work.resolve("out").resolve(name));
    Files.setLastModifiedTime(file, FileTime.fromMillis(millis));
  }
}
