package dev.warren.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.warren.model.ErrorRule;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ErrorRulesTest {
  @Test
  void matchTheClassItself() {
    assertThat(matches("java.io.IOException", null, new IOException())).isTrue();
    assertThat(matches("java.io.FileNotFoundException", null, new IOException())).isFalse();
  }

  @Test
  void matchASuperclass() {
    assertThat(matches("java.io.IOException", null, new FileNotFoundException())).isTrue();
    assertThat(matches("java.lang.Throwable", null, new StackOverflowError())).isTrue();
  }

  @Test
  void matchACause() {
    var thrown = new IllegalStateException(new RuntimeException(new FileNotFoundException()));

    assertThat(matches("java.io.IOException", null, thrown)).isTrue();
  }

  @Test
  void findThePatternAnywhereInTheMessage() {
    assertThat(matches(null, "time(d )?out", new IOException("the read timed out."))).isTrue();
    assertThat(matches(null, "^timed", new IOException("the read timed out."))).isFalse();
  }

  @Test
  void wantTheMessageOfTheExceptionThatTheyName() {
    var thrown = new IllegalStateException("no answer", new IOException("timed out"));

    assertThat(matches("java.io.IOException", "timed out", thrown)).isTrue();
    assertThat(matches("java.io.IOException", "no answer", thrown)).isFalse();
  }

  @Test
  void countInTheirOrder() {
    var rules =
        new ErrorRules(
            List.of(
                rule("java.io.FileNotFoundException", null, ErrorRule.Outcome.DROP),
                rule("java.io.IOException", null, ErrorRule.Outcome.FAIL),
                rule("java.lang.Exception", null, ErrorRule.Outcome.RETRY)));

    assertThat(rules.find(new FileNotFoundException()).orElseThrow().outcome())
        .isEqualTo(ErrorRule.Outcome.DROP);
    assertThat(rules.find(new IOException()).orElseThrow().outcome())
        .isEqualTo(ErrorRule.Outcome.FAIL);
    assertThat(rules.find(new StackOverflowError())).isEmpty();
  }

  @Test
  void endInACircleOfCauses() {
    var first = new IOException("first");
    first.initCause(new IOException("second", first));

    assertThat(matches("java.lang.Error", null, first)).isFalse();
  }

  @Test
  void giveUpOnAPatternThatTakesForEver() {
    var thrown = new IOException("a".repeat(1_000) + "!");

    assertThat(matches(null, "(a+)+$", thrown)).isFalse();
    assertThat(matches(null, "(a|b|ab)*c", thrown)).isFalse();
  }

  @Test
  void searchOrdinaryPatternsToTheEndOfTheLongestMessage() {
    var thrown = new IOException("x".repeat(1_020) + "end");

    assertThat(matches(null, ".*connection.*(reset|refused).*", thrown)).isFalse();
    assertThat(matches(null, ".*x.*x.*end", thrown)).isTrue();
  }

  @Property
  void surviveAnyMessage(@ForAll @StringLength(max = 3_000) String message) {
    assertThatCode(() -> matches(null, "(\\w+\\s?)+: (.*)+$", new IOException(message)))
        .doesNotThrowAnyException();
  }

  private static boolean matches(
      @Nullable String exception, @Nullable String message, Throwable thrown) {
    return new ErrorRules(List.of(rule(exception, message, ErrorRule.Outcome.FAIL)))
        .find(thrown)
        .isPresent();
  }

  private static ErrorRule rule(
      @Nullable String exception, @Nullable String message, ErrorRule.Outcome outcome) {
    return new ErrorRule(
        Optional.ofNullable(exception), Optional.ofNullable(message), outcome, Optional.empty());
  }
}
