package dev.warren.local.docs;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds all pages of the repository to what their readers rely on. That commands do what the pages
/// say is seen by `scripts/docs`, which runs them.
class DocumentationTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```$|(?<!`)`[^`\n]+`(?!`)");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^ *```.*?^ *```$");

  static Stream<Path> pages() throws IOException {
    var directories = List.of("target", ".git", ".warren");
    try (var files = Files.walk(ROOT)) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> Stream.of(file.toString().split("/")).noneMatch(directories::contains))
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyBlockCanBeFollowed(Path page) throws IOException {
    Page.parse(page.toString(), Files.readString(page));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    var text = CODE.matcher(Files.readString(page)).replaceAll("");

    var links = LINK.matcher(text).results().map(link -> link.group(1));

    assertThat(links.filter(link -> !link.contains("://") && !link.startsWith("mailto:")))
        .filteredOn(link -> !leadsSomewhere(page, link))
        .isEmpty();
  }

  private static boolean leadsSomewhere(Path page, String link) {
    var parts = link.split("#", 2);
    var target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
    return Files.exists(target) && (parts.length == 1 || anchors(target).contains(parts[1]));
  }

  /// As GitHub makes them of headings.
  private static Set<String> anchors(Path page) {
    try {
      var text = BLOCK.matcher(Files.readString(page)).replaceAll("");
      return HEADING
          .matcher(text)
          .results()
          .map(MatchResult::group)
          .map(heading -> heading.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
          .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
          .collect(toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
