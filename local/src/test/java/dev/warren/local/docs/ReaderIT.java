package dev.warren.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pages that are followed in a shell.
@Tag("any-broker")
class ReaderIT {
  @TempDir Path directory;
  private final ByteArrayOutputStream report = new ByteArrayOutputStream();
  private Shell shell;
  private Reader reader;

  @BeforeEach
  void start() throws IOException {
    var scratch = directory.resolve("scratch");
    shell = Shell.start(directory, scratch);
    reader = new Reader(shell, scratch, new PrintStream(report, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    shell.close();
  }

  @Test
  void keepsDirectoryAndVariables() throws Exception {
    assertThat(
            follow(
                """
                ```sh
                mkdir inside && cd inside
                export NAME=Ada
                ```
                Save `hello.txt`:
                ```text hello.txt
                Hello
                ```
                ```sh
                echo "$(cat ../inside/hello.txt) $NAME"
                ```
                ```text
                Hello Ada
                ```
                """))
        .isTrue();
  }

  @Test
  void repeatsUntilItIsAsThePageSays() throws Exception {
    assertThat(
            follow(
                """
                ```sh repeat
                echo >>count
                wc -l <count
                ```
                ```text
                3
                ```
                """))
        .isTrue();
  }

  @Test
  void endsWithAnOutputThatDoesNotFit() throws Exception {
    assertThat(follow("```sh\necho 1\n```\n```text\n2\n```\n```sh\ntouch later\n```\n")).isFalse();

    assertThat(report.toString(StandardCharsets.UTF_8))
        .contains("page.md:1 IS NOT AS IT SAYS", "should print:\n2\n--- and printed:\n1\n");
    assertThat(directory.resolve("later")).doesNotExist();
  }

  @Test
  void endsWithACommandThatFails() throws Exception {
    assertThat(follow("```sh\necho before\nfalse\ntrue\n```\n")).isFalse();

    assertThat(report.toString(StandardCharsets.UTF_8)).contains("failed", "printed:\nbefore\n");
  }

  @Test
  void endsWithACommandThatShouldFail() throws Exception {
    assertThat(follow("```sh fails\ntrue\n```\n")).isFalse();
  }

  @Test
  void goesOnAfterACommandThatFailsAsItShould() throws Exception {
    assertThat(follow("```sh fails\nfalse\n```\n```sh\ntrue\n```\n")).isTrue();
  }

  private boolean follow(String markdown) throws Exception {
    return reader.follow(Page.parse("page.md", markdown));
  }
}
