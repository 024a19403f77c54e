package dev.warren.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.IntStream;

/// What becomes of a task whose handler throws; of a list of rules the first that matches counts.
///
/// @param exception binary name of a class: matches an exception that is one, or whose superclass
///   or cause, however far, is one; empty matches any
/// @param message regular expression of which something is found in the message of the exception
///   that matched; empty matches any
/// @param outcome what the task's outcome is then
/// @param delay of a retry, which else follows the retry plan, or of a snooze; rounded up to a
///   delay of the plan
public record ErrorRule(
    Optional<String> exception,
    Optional<String> message,
    Outcome outcome,
    Optional<Duration> delay) {
  /// The most rules of a worker.
  public static final int MAX_RULES = 50;

  private static final String NAME = "error";

  /// What a rule makes of a failure.
  public enum Outcome {
    /// Try again, by the plan or after the delay.
    RETRY,
    /// Come back after the delay and burn no attempt.
    SNOOZE,
    /// Become a dead letter now.
    FAIL,
    /// Leave the queue.
    DROP
  }

  public ErrorRule {
    if (exception.isEmpty() && message.isEmpty()) {
      throw new IllegalArgumentException(
          "names neither exception nor message; set one of them or both");
    }
    message.ifPresent(ErrorRule::requirePattern);
    if (outcome == Outcome.SNOOZE && delay.isEmpty()) {
      throw new IllegalArgumentException("has the outcome Snooze and no delay; set delay");
    }
    if (delay.isPresent() && (outcome == Outcome.FAIL || outcome == Outcome.DROP)) {
      throw new IllegalArgumentException(
          "has a delay, which only Retry and Snooze use; leave it out");
    }
  }

  static List<ErrorRule> read(Settings settings) {
    var rules = new ArrayList<ErrorRule>();
    for (var key = NAME + ".0"; settings.any(key); key = NAME + "." + rules.size()) {
      rules.add(read(settings, key));
    }
    return rules;
  }

  private static ErrorRule read(Settings settings, String key) {
    var placeholder =
        new ErrorRule(Optional.of(""), Optional.empty(), Outcome.RETRY, Optional.empty());
    var outcome = settings.choice(key + ".outcome", Outcome.RETRY);
    var delay =
        settings
            .optional(key + ".delay")
            .map(text -> settings.duration(key + ".delay", Duration.ZERO));
    return settings.check(
        placeholder,
        () ->
            numbered(
                key,
                settings.optional(key + ".exception"),
                settings.optional(key + ".message"),
                outcome,
                delay));
  }

  private static ErrorRule numbered(
      String key,
      Optional<String> exception,
      Optional<String> message,
      Outcome outcome,
      Optional<Duration> delay) {
    try {
      return new ErrorRule(exception, message, outcome, delay);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + " " + e.getMessage(), e);
    }
  }

  static void write(List<ErrorRule> rules, Map<String, String> values) {
    IntStream.range(0, rules.size())
        .forEach(number -> rules.get(number).write(NAME + "." + number, values));
  }

  private void write(String key, Map<String, String> values) {
    exception.ifPresent(name -> values.put(key + ".exception", name));
    message.ifPresent(pattern -> values.put(key + ".message", pattern));
    values.put(key + ".outcome", Settings.text(outcome));
    delay.ifPresent(length -> values.put(key + ".delay", DurationText.format(length)));
  }

  private static void requirePattern(String message) {
    try {
      Pattern.compile(message);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "has the message '%s', which is no regular expression (%s); correct it"
              .formatted(message, e.getDescription()),
          e);
    }
  }
}
