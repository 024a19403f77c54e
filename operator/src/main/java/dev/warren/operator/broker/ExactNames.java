package dev.warren.operator.broker;

import static java.util.stream.Collectors.joining;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The form of a permission that is for certain names and no others. Pure.
public final class ExactNames {
  private static final Pattern FORM = Pattern.compile("\\^\\(((?:[\\w:@|-]|\\\\\\.)+)\\)\\$");

  private ExactNames() {}

  /// A pattern that matches these names, of letters, digits and `_ . : - @`.
  public static String pattern(Stream<String> names) {
    return names.map(name -> name.replace(".", "\\.")).collect(joining("|", "^(", ")$"));
  }

  /// The names that a pattern matches; none if it has another form.
  public static Stream<String> of(String pattern) {
    var match = FORM.matcher(pattern);
    return match.matches()
        ? Pattern.compile("\\|").splitAsStream(match.group(1).replace("\\.", "."))
        : Stream.empty();
  }
}
