package dev.warren.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedOutputTest {
  @ParameterizedTest
  @CsvSource({
    "'a\nb', 'a\nb\n'",
    "'NAME READY\nq True', 'NAME      READY\nq         True   \n'",
    "'age …s of …', 'age 12s of 3'",
    "'…\nlast', 'last'",
    "'first\n…\nlast', 'first\n1\n2\nlast'",
    "'first\n…', 'first\n1\n2'",
    "'$(a.c) [x]*', '$(a.c) [x]*'",
    "'', ''",
  })
  void fits(String shown, String printed) {
    assertThat(new ExpectedOutput(shown).fits(printed)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a, b",
    "a, 'a\nb'",
    "'a\nb', a",
    "a.c, abc",
    "'…\nlast', 'last\nmore'",
    "'a …', 'b c'",
    "'', a",
    "a, ''",
    "'a b', ab",
  })
  void doesNotFit(String shown, String printed) {
    assertThat(new ExpectedOutput(shown).fits(printed)).isFalse();
  }
}
