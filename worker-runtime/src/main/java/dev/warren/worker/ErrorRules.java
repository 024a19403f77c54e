package dev.warren.worker;

import dev.warren.model.ErrorRule;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// What the worker's settings make of exceptions; the first rule that matches counts. A rule looks
/// at the exception and at its causes, one after the other: the class that it names must be the
/// class or a superclass of the one whose message its pattern is found in. Pure.
final class ErrorRules {
  /// Causes beyond these are not looked at; they may form a circle.
  private static final int LONGEST_CHAIN = 32;

  private final List<Compiled> rules;

  /// Compiles the rules' patterns.
  ErrorRules(List<ErrorRule> rules) {
    this.rules = rules.stream().map(Compiled::of).toList();
  }

  /// The first rule that matches, if any does.
  Optional<ErrorRule> find(Throwable thrown) {
    return rules.stream()
        .filter(rule -> chain(thrown).anyMatch(rule::matches))
        .findFirst()
        .map(Compiled::rule);
  }

  private static Stream<Throwable> chain(Throwable thrown) {
    return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).limit(LONGEST_CHAIN);
  }

  private record Compiled(ErrorRule rule, Optional<MessagePattern> message) {
    static Compiled of(ErrorRule rule) {
      return new Compiled(rule, rule.message().map(MessagePattern::compile));
    }

    boolean matches(Throwable thrown) {
      return rule.exception().map(name -> isA(thrown.getClass(), name)).orElse(true)
          && message.map(pattern -> pattern.isFoundIn(Failure.of(thrown).message())).orElse(true);
    }

    private static boolean isA(Class<?> type, String name) {
      return Stream.<Class<?>>iterate(type, Objects::nonNull, Class::getSuperclass)
          .anyMatch(superclass -> superclass.getName().equals(name));
    }
  }
}
