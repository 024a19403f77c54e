package dev.warren.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads typed values from flat text settings and collects what is wrong with them, so that all
/// problems can be reported at once. For one parse, by one thread.
final class Settings {
  private final String subject;
  private final Map<String, String> values;
  private final List<String> problems = new ArrayList<>();

  Settings(String subject, Map<String, String> values) {
    this.subject = subject;
    this.values = values;
  }

  String required(String key) {
    return optional(key).orElseGet(() -> problem("", "%s is missing; set it".formatted(key)));
  }

  Optional<String> optional(String key) {
    return Optional.ofNullable(values.get(key))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  /// The values of `name.0`, `name.1` and so on, as they are. A gap is a problem, for what follows
  /// it would be lost without a word.
  List<String> list(String name) {
    var list = new ArrayList<String>();
    for (var next = values.get(name + ".0");
        next != null;
        next = values.get(name + "." + list.size())) {
      list.add(next);
    }
    var item = Pattern.compile(Pattern.quote(name) + "\\.\\d+");
    var set = values.keySet().stream().filter(key -> item.matcher(key).matches()).count();
    return set == list.size()
        ? list
        : problem(list, "%s.%d is missing; number them without a gap".formatted(name, list.size()));
  }

  /// Whether any key is this name, or begins with it and a dot.
  boolean any(String name) {
    return values.keySet().stream().anyMatch(key -> key.equals(name) || key.startsWith(name + "."));
  }

  boolean flag(String key) {
    return optional(key).filter("true"::equals).isPresent();
  }

  /// The constant that {@link #text} writes as the value.
  <E extends Enum<E>> E choice(String key, E otherwise) {
    var constants = List.of(otherwise.getDeclaringClass().getEnumConstants());
    return optional(key)
        .map(
            text ->
                constants.stream()
                    .filter(constant -> text(constant).equals(text))
                    .findFirst()
                    .orElseGet(() -> problem(otherwise, unknown(key, text, constants))))
        .orElse(otherwise);
  }

  /// A constant as settings have it: `json-lines` for `JSON_LINES`.
  static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Writes what {@link #list} reads.
  static void putList(Map<String, String> values, String name, List<String> list) {
    for (int i = 0; i < list.size(); i++) {
      values.put(name + "." + i, list.get(i));
    }
  }

  int integer(String key, int min, int max, int otherwise) {
    return optional(key)
        .map(text -> parse(key, text, value -> inRange(value, min, max), otherwise))
        .orElse(otherwise);
  }

  double decimal(String key, double otherwise) {
    return optional(key)
        .map(text -> parse(key, text, Double::valueOf, otherwise))
        .orElse(otherwise);
  }

  Duration duration(String key, Duration otherwise) {
    return optional(key)
        .map(text -> parse(key, text, DurationText::parse, otherwise))
        .orElse(otherwise);
  }

  <T> T problem(T placeholder, String problem) {
    problems.add(problem);
    return placeholder;
  }

  /// What `build` makes, or the placeholder and a problem if it finds an argument illegal.
  <T> T check(T placeholder, Supplier<T> build) {
    try {
      return build.get();
    } catch (IllegalArgumentException e) {
      return problem(placeholder, String.valueOf(e.getMessage()));
    }
  }

  /// What `build` makes of values that were all in order.
  ///
  /// @throws WarrenModelException if any problem was found, here or before
  <T> T build(Supplier<T> build) {
    if (problems.isEmpty()) {
      try {
        return build.get();
      } catch (IllegalArgumentException e) {
        problems.add(String.valueOf(e.getMessage()));
      }
    }
    throw new WarrenModelException(subject, problems);
  }

  private static String unknown(String key, String text, List<? extends Enum<?>> constants) {
    var known = constants.stream().map(Settings::text).collect(Collectors.joining(", "));
    return "%s is '%s'; use one of %s".formatted(key, text, known);
  }

  private <T> T parse(String key, String text, Function<String, T> parser, T placeholder) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      var why =
          e instanceof NumberFormatException
              ? "'%s' is not a number".formatted(text)
              : e.getMessage();
      return problem(placeholder, "%s: %s".formatted(key, why));
    }
  }

  private static Integer inRange(String text, int min, int max) {
    var value = Integer.parseInt(text);
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          "'%s' is out of range; use %d to %d".formatted(text, min, max));
    }
    return value;
  }
}
