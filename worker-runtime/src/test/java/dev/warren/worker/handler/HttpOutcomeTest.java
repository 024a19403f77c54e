package dev.warren.worker.handler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.warren.worker.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpOutcomeTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @ParameterizedTest
  @ValueSource(ints = {200, 202, 204, 299})
  void isDoneOnSuccess(int status) {
    assertThat(of(status, null)).isEqualTo(Outcome.done());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "120 | PT2M",
        "0 | PT0S",
        "Sun, 22 Nov 2026 10:00:30 GMT | PT30S",
        "Sun, 22 Nov 2026 09:00:00 GMT | PT0S",
      })
  void snoozesForAsLongAsTheEndpointAsks(String retryAfter, Duration delay) {
    assertThat(of(503, retryAfter)).isEqualTo(Outcome.snooze(delay));
    assertThat(of(429, retryAfter)).isEqualTo(Outcome.snooze(delay));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 502, 503, 504, 599})
  void retriesWhatMayPass(int status) {
    assertThat(of(status, null))
        .isEqualTo(Outcome.retry("the endpoint answered %d".formatted(status)));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 308, 400, 401, 404, 422})
  void failsWhatWillNotPass(int status) {
    assertThat(of(status, "5"))
        .isEqualTo(Outcome.fail("the endpoint answered %d".formatted(status)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-5", "1.5", "99999999999", ""})
  void retriesWhenRetryAfterMakesNoSense(String retryAfter) {
    assertThat(of(503, retryAfter)).isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void givesTheReasonOfTheEndpoint() {
    assertThat(HttpOutcome.of(422, Optional.empty(), Optional.of("no such user"), NOW))
        .isEqualTo(Outcome.fail("the endpoint answered 422: no such user"));
  }

  @Property
  void survivesAnyAnswer(@ForAll int status, @ForAll String retryAfter, @ForAll String told) {
    assertThatCode(() -> HttpOutcome.of(status, Optional.of(retryAfter), Optional.of(told), NOW))
        .doesNotThrowAnyException();
  }

  private static Outcome of(int status, @Nullable String retryAfter) {
    return HttpOutcome.of(status, Optional.ofNullable(retryAfter), Optional.empty(), NOW);
  }
}
