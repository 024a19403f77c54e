package dev.warren.local.docs;

import static java.util.stream.Collectors.joining;

import java.util.Arrays;
import java.util.regex.Pattern;

/// What commands print, as a page shows it. `…` stands for anything within a line, a line of only
/// `…` for any number of lines; blanks are as many as one likes, because columns are as wide as
/// what is in them.
record ExpectedOutput(String text) {
  private static final String ANYTHING = "…";
  private static final Pattern BLANKS = Pattern.compile("[ \t]+");

  boolean fits(String output) {
    var lines = output.stripTrailing().lines().map(line -> line.strip() + "\n").collect(joining());
    return pattern().matcher(lines).matches();
  }

  private Pattern pattern() {
    return Pattern.compile(
        text.stripTrailing().lines().map(ExpectedOutput::line).collect(joining()));
  }

  private static String line(String line) {
    return line.strip().equals(ANYTHING)
        ? "(?:.*\n)*?"
        : Arrays.stream(line.strip().split(ANYTHING, -1))
                .map(ExpectedOutput::literally)
                .collect(joining(".*"))
            + "\n";
  }

  private static String literally(String text) {
    return Arrays.stream(BLANKS.split(text, -1)).map(Pattern::quote).collect(joining("[ \t]+"));
  }
}
