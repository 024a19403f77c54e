package dev.warren.operator.metricsapi;

import dev.warren.operator.metricsapi.LabelSelector.Absent;
import dev.warren.operator.metricsapi.LabelSelector.Exists;
import dev.warren.operator.metricsapi.LabelSelector.In;
import dev.warren.operator.metricsapi.LabelSelector.NotIn;
import dev.warren.operator.metricsapi.LabelSelector.Requirement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a label selector once, from left to right, as Kubernetes' own grammar has it. For one text
/// and one thread.
final class SelectorParser {
  private static final int MOST_CHARACTERS = 4_096;
  private static final Pattern TOKEN = Pattern.compile("==|!=|[=!,()]|[^=!,()\\s]+");

  /// Letters, digits, `-`, `_` and `.`, beginning and ending with one of the first two.
  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");

  private static final Pattern PREFIX =
      Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

  private final String text;
  private final Deque<String> tokens = new ArrayDeque<>();

  SelectorParser(String text) {
    this.text = text;
    if (text.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "the label selector has more than %d characters; shorten it".formatted(MOST_CHARACTERS));
    }
    var matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
  }

  List<Requirement> parse() {
    var requirements = new ArrayList<Requirement>();
    if (tokens.isEmpty()) {
      return requirements;
    }
    requirements.add(requirement());
    while (!tokens.isEmpty()) {
      expect(",");
      requirements.add(requirement());
    }
    return requirements;
  }

  private Requirement requirement() {
    if (isNext("!")) {
      tokens.remove();
      return new Absent(key());
    }
    var key = key();
    if (tokens.isEmpty() || isNext(",")) {
      return new Exists(key);
    }
    var operator = tokens.remove();
    return switch (operator) {
      case "=", "==" -> new In(key, Set.of(value()));
      case "!=" -> new NotIn(key, Set.of(value()));
      case "in" -> new In(key, values());
      case "notin" -> new NotIn(key, values());
      default -> throw wrong("'%s' is no operator; use =, ==, !=, in or notin".formatted(operator));
    };
  }

  private String key() {
    var key = word("a label's name");
    var slash = key.indexOf('/');
    var name = key.substring(slash + 1);
    if (!NAME.matcher(name).matches()
        || (slash >= 0 && !PREFIX.matcher(key.substring(0, slash)).matches())) {
      throw wrong("'%s' is no name of a label".formatted(key));
    }
    return key;
  }

  /// May be left out, which is the empty value.
  private String value() {
    return tokens.isEmpty() || isNext(",") || isNext(")") ? "" : valid(word("a value"));
  }

  private Set<String> values() {
    expect("(");
    var values = new HashSet<String>();
    values.add(value());
    while (isNext(",")) {
      tokens.remove();
      values.add(value());
    }
    expect(")");
    return values;
  }

  private String valid(String value) {
    if (!NAME.matcher(value).matches()) {
      throw wrong("'%s' is no value of a label".formatted(value));
    }
    return value;
  }

  private String word(String what) {
    var token = tokens.isEmpty() ? "" : tokens.remove();
    if (token.isEmpty() || "=!,()".indexOf(token.charAt(0)) >= 0) {
      throw wrong("%s is missing".formatted(what));
    }
    return token;
  }

  private boolean isNext(String token) {
    return token.equals(tokens.peek());
  }

  private void expect(String token) {
    if (!isNext(token)) {
      throw wrong("'%s' is missing".formatted(token));
    }
    tokens.remove();
  }

  private IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(
        "the label selector '%s' cannot be read: %s".formatted(text, why));
  }
}
