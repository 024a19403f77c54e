package dev.warren.local.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.local.docs.Step.Run;
import dev.warren.local.docs.Step.RunCommands;
import dev.warren.local.docs.Step.SaveFile;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PageTest {
  @Test
  void isFollowedInItsOrder() {
    var page =
        Page.parse(
            "page.md",
            """
            Save `Hello.java`:

            ```java Hello.java
            void main() {}
            ```

            Then:

            ```sh
            java Hello.java
            ```

            ```text
            Hello
            ```

            1. In a list:

               ```sh repeat
               kubectl get pods
                 more
               ```
               ```text
               none
               ```

            ```sh fails
            false
            ```
            """);

    assertThat(page.steps())
        .containsExactly(
            new SaveFile(3, "Hello.java", "void main() {}\n"),
            new RunCommands(9, "java Hello.java\n", Run.ONCE, shown("Hello\n")),
            new RunCommands(19, "kubectl get pods\n  more\n", Run.REPEATED, shown("none\n")),
            new RunCommands(27, "false\n", Run.FAILING, Optional.empty()));
  }

  @Test
  void leavesOutWhatIsToBeRead() {
    var page =
        Page.parse(
            "page.md",
            """
            ```yaml
            kind: TaskQueue
            ```
            ```sh needs a cluster
            helm install warren
            ```
            ```text
            installed
            ```
            """);

    assertThat(page.steps()).isEmpty();
  }

  @Test
  void takesNoOutputOfABlockFurtherUp() {
    var page = Page.parse("page.md", "```sh\ntrue\n```\nA log says:\n```text\nHello\n```\n");

    assertThat(page.steps())
        .containsExactly(new RunCommands(1, "true\n", Run.ONCE, Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "'```sh maybe\ntrue\n```', 'page.md:1: ''maybe'' says nothing of commands'",
    "'```sh needs\ntrue\n```', 'page.md:1: ''needs'' says nothing of commands'",
    "'\n```sh repeat\ntrue\n```', 'page.md:2: repeated until what?'",
    "'Save:\n```java Hello.java\n```', 'page.md:2: no sentence before it says'",
    "'```sh\ntrue', 'page.md:1: the block does not end'",
  })
  void refusesABlockThatNobodyCouldFollow(String markdown, String problem) {
    assertThatThrownBy(() -> Page.parse("page.md", markdown))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  private static Optional<ExpectedOutput> shown(String text) {
    return Optional.of(new ExpectedOutput(text));
  }
}
