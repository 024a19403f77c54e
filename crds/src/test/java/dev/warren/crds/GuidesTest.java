package dev.warren.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the guides against the CRDs: no field of a spec is without a word on how to use it.
class GuidesTest {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern NAME = Pattern.compile("[A-Za-z-]+");
  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^ *```.*?^ *```$");
  private static final Pattern EMPTY_LINES = Pattern.compile("\n\\s*\n");
  private static final Pattern TABLE_HEAD = Pattern.compile("\\|[-|]+\\|");

  static List<Crd> crds() {
    return Crd.generated();
  }

  @ParameterizedTest
  @MethodSource("crds")
  void everyFieldOfTheSpecIsInAGuide(Crd crd) throws IOException {
    var passages = new ArrayList<Set<String>>();
    for (var guide : new String[] {"user-guide.md", "operations-guide.md"}) {
      passages(Files.readString(Path.of("..", "docs", guide))).forEach(passages::add);
    }

    var paths = crd.fields().stream().filter(Field::isNamed).map(Field::path);

    assertThat(paths.filter(path -> path.startsWith("spec.")))
        .as("no guide names them in backticks, together with what they belong to")
        .filteredOn(path -> passages.stream().noneMatch(names -> names.containsAll(end(path))))
        .isEmpty();
  }

  /// The name of a field and of what it belongs to, if that is not the spec.
  private static List<String> end(String path) {
    var names = names(path);
    return names.subList(Math.max(1, names.size() - 2), names.size());
  }

  /// The names in backticks of each paragraph, and of each row of a table and its head.
  private static Stream<Set<String>> passages(String guide) {
    return EMPTY_LINES
        .splitAsStream(EXAMPLE.matcher(guide).replaceAll(""))
        .flatMap(paragraph -> rows(paragraph.lines().toList()))
        .map(GuidesTest::namesInBackticks);
  }

  private static Stream<String> rows(List<String> lines) {
    return lines.size() > 1 && TABLE_HEAD.matcher(lines.get(1)).matches()
        ? lines.stream().map(row -> lines.getFirst() + row)
        : Stream.of(String.join(" ", lines));
  }

  private static Set<String> namesInBackticks(String text) {
    return CODE.matcher(text)
        .results()
        .flatMap(code -> names(code.group(1)).stream())
        .collect(Collectors.toSet());
  }

  private static List<String> names(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).toList();
  }
}
