package dev.warren.worker.handler;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.warren.model.DurationText;
import dev.warren.worker.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a command says in one line of JSON: an `outcome`, with a `reason` and a `delay`, or the
/// `progress` of the task that it works on. Pure.
///
/// @param delivery number of the task that the outcome is for
/// @param outcome `done`, `retry` (with `reason` and `delay`), `snooze` (with `delay`), `fail` or
///   `drop` (with `reason`)
/// @param delay such as `30s`
record JsonAnswer(
    @Nullable Long delivery,
    @Nullable String outcome,
    @Nullable String reason,
    @Nullable String delay,
    @Nullable String progress) {
  private static final ObjectReader READER =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .readerFor(JsonAnswer.class);

  /// The answer of this line.
  ///
  /// @throws ProtocolException if it is none
  static JsonAnswer read(String line) throws ProtocolException {
    try {
      JsonAnswer answer = READER.readValue(line);
      if (answer != null) {
        return answer;
      }
    } catch (JsonProcessingException _) {
      // Its message would quote the line, which may hold what the task does.
    }
    throw new ProtocolException(
        "the command answered with what is no JSON object of this protocol");
  }

  /// The outcome of the task of this delivery; empty if the task goes on.
  ///
  /// @throws ProtocolException if it is none that is known, or another task's: an answer too many
  ///   must not end a task that was not done
  Optional<Outcome> toOutcome(long expected) throws ProtocolException {
    if (outcome == null) {
      if (progress == null) {
        throw new ProtocolException("the command answered with neither outcome nor progress");
      }
      return Optional.empty();
    }
    if (delivery == null || delivery != expected) {
      throw new ProtocolException(
          "the command did not repeat the number of the task's delivery in its answer");
    }
    return Optional.of(
        switch (outcome) {
          case "done" -> Outcome.done();
          case "retry" -> new Outcome.Retry(wanted(), reasonOr("the command asked for a retry"));
          case "snooze" ->
              Outcome.snooze(
                  wanted()
                      .orElseThrow(
                          () ->
                              new ProtocolException(
                                  "the command asked for a snooze and no delay")));
          case "fail" -> Outcome.fail(reasonOr("the command failed and gave no reason"));
          case "drop" -> Outcome.drop(reasonOr("the command gave no reason"));
          default -> throw new ProtocolException("the command answered with an unknown outcome");
        });
  }

  private Optional<Duration> wanted() throws ProtocolException {
    try {
      return Optional.ofNullable(delay).map(DurationText::parse);
    } catch (IllegalArgumentException e) {
      throw new ProtocolException("the command asked for a delay: " + e.getMessage());
    }
  }

  private String reasonOr(String otherwise) {
    return reason == null ? otherwise : reason;
  }
}
