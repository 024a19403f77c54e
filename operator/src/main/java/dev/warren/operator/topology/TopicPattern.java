package dev.warren.operator.topology;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The key of a binding to a topic exchange: words between dots, `*` for any word and `#` for any
/// number of them. An empty key has no word; any other has one more than it has dots. Pure.
public record TopicPattern(List<String> words) {
  private static final String ONE = "*";
  private static final String ANY = "#";

  private static final String NOT_EMPTY = "(?!$)";

  /// Stands for no more than one of them does.
  private static final Pattern REPEATED_ANY = Pattern.compile("(?<![^.])#(\\.#)+(?![^.])");

  public TopicPattern {
    words = List.copyOf(words);
  }

  /// Reads a binding's key.
  public static TopicPattern parse(String key) {
    return new TopicPattern(
        key.isEmpty()
            ? List.of()
            : Arrays.asList(REPEATED_ANY.matcher(key).replaceAll("#").split("\\.", -1)));
  }

  /// Whether a message could be routed by both.
  public boolean overlaps(TopicPattern other) {
    return overlap(words, other.words);
  }

  /// A regular expression over the same routing keys.
  public String regex() {
    var regex = new StringBuilder(needsOneWordThatMayBeEmpty() ? NOT_EMPTY : "");
    var separator = "";
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      var last = i == words.size() - 1;
      if (!word.equals(ANY)) {
        regex.append(separator).append(word.equals(ONE) ? "[^.]*" : literal(word));
        separator = "\\.";
      } else if (last) {
        regex.append(separator.isEmpty() ? ".*" : "(\\..*)?");
      } else {
        regex.append(separator).append("(.*\\.)?");
        separator = "";
      }
    }
    return regex.toString();
  }

  private boolean needsOneWordThatMayBeEmpty() {
    var needed = words.stream().filter(word -> !word.equals(ANY)).toList();
    return needed.size() == 1 && (needed.getFirst().equals(ONE) || needed.getFirst().isEmpty());
  }

  /// Filled from the end, because to try every way from the start takes exponential time for keys
  /// with many `#`.
  private static boolean overlap(List<String> one, List<String> other) {
    var overlap = new boolean[one.size() + 1][other.size() + 1];
    for (int i = one.size(); i >= 0; i--) {
      for (int j = other.size(); j >= 0; j--) {
        var more = i < one.size();
        var otherMore = j < other.size();
        if ((more && one.get(i).equals(ANY)) || (otherMore && other.get(j).equals(ANY))) {
          overlap[i][j] = (more && overlap[i + 1][j]) || (otherMore && overlap[i][j + 1]);
        } else if (more && otherMore) {
          overlap[i][j] = same(one.get(i), other.get(j)) && overlap[i + 1][j + 1];
        } else {
          overlap[i][j] = !more && !otherMore;
        }
      }
    }
    return overlap[0][0];
  }

  private static boolean same(String word, String other) {
    return word.equals(ONE) || other.equals(ONE) || word.equals(other);
  }

  /// A regular expression for just this text.
  static String literal(String word) {
    return Pattern.compile("[^A-Za-z0-9_ -]")
        .matcher(word)
        .replaceAll(match -> Matcher.quoteReplacement("\\" + match.group()));
  }
}
