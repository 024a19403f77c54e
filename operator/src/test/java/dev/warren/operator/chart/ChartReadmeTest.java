package dev.warren.operator.chart;

import dev.warren.operator.testing.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// Holds the end of the chart's README, a table of the values, against the comments in
/// `values.yaml`; `-Dgolden.update=true` writes it anew.
class ChartReadmeTest {
  private static final String HEADING = "## Values\n";
  private static final Pattern KEY = Pattern.compile("( *)(\\w+): ?(.*)");

  @Test
  void tellsAllValues() throws IOException {
    var file = Chart.DIRECTORY.resolve("README.md");
    var text = Files.readString(file);
    var head = text.substring(0, text.indexOf(HEADING));

    var rows = rows(Files.readAllLines(Chart.DIRECTORY.resolve("values.yaml")));

    Golden.check(file, head + HEADING + "\n" + String.join("\n", rows) + "\n");
  }

  /// A row for each key, with the comment above it.
  private static List<String> rows(List<String> lines) {
    var rows = new ArrayList<>(List.of("| value | default | meaning |", "|---|---|---|"));
    var path = new ArrayDeque<String>();
    var comment = new ArrayList<String>();
    for (var line : lines) {
      var key = KEY.matcher(line);
      if (line.strip().startsWith("#")) {
        comment.add(line.strip().substring(1).strip());
      } else if (key.matches()) {
        while (path.size() > key.group(1).length() / 2) {
          path.removeLast();
        }
        path.addLast(key.group(2));
        var value = key.group(3).isEmpty() ? "" : "`" + key.group(3) + "`";
        rows.add(
            "| `%s` | %s | %s |"
                .formatted(String.join(".", path), value, escape(String.join(" ", comment))));
        comment.clear();
      }
    }
    return rows;
  }

  /// What would be a tag or the end of a cell.
  private static String escape(String text) {
    return text.replace("<", "&lt;").replace("|", "\\|");
  }
}
