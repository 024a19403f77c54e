package dev.warren.worker.handler;

import dev.warren.worker.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// What an HTTP endpoint's answer means for a task. Pure.
///
/// 2xx is done. 429 and 503 with `Retry-After` (RFC 9110: seconds or a date) is a snooze. 408, 425,
/// 429 and 5xx is a retry. Everything else is a failure for good, redirects included: following one
/// would turn the POST into a GET.
final class HttpOutcome {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

  private HttpOutcome() {}

  /// @param told the endpoint's own reason, of which the log and the task's error headers get the
  ///   first kilobyte; never the body, which may repeat what the task holds
  static Outcome of(int status, Optional<String> retryAfter, Optional<String> told, Instant now) {
    if (status >= 200 && status < 300) {
      return Outcome.done();
    }
    var reason = "the endpoint answered %d".formatted(status) + told.map(": "::concat).orElse("");
    return switch (status) {
      case 429, 503 ->
          retryAfter
              .flatMap(value -> delay(value, now))
              .map(Outcome::snooze)
              .orElseGet(() -> Outcome.retry(reason));
      case 408, 425 -> Outcome.retry(reason);
      default -> status >= 500 ? Outcome.retry(reason) : Outcome.fail(reason);
    };
  }

  /// The delay that a `Retry-After` asks for; none if it is neither seconds nor a date.
  static Optional<Duration> delay(String retryAfter, Instant now) {
    var text = retryAfter.strip();
    if (SECONDS.matcher(text).matches()) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    }
    try {
      var date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return Optional.of(date.isBefore(now) ? Duration.ZERO : Duration.between(now, date));
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
