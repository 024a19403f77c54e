package dev.warren.operator.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TopicPatternTest {
  private static final int TRIES = 1_000;

  /// Keys of up to five words out of three; two patterns of up to three words that have a key in
  /// common have one of these.
  private static final List<String> KEYS =
      Stream.concat(Stream.of(""), longer(Stream.of("a", "b", ""), 5)).distinct().toList();

  @Property(tries = TRIES)
  void overlapsWithWhatSharesAKey(@ForAll("words") String one, @ForAll("words") String other) {
    var overlaps = TopicPattern.parse(one).overlaps(TopicPattern.parse(other));

    assertThat(overlaps)
        .isEqualTo(
            KEYS.stream().anyMatch(key -> Routing.topic(one, key) && Routing.topic(other, key)));
  }

  @Property(tries = TRIES)
  void isTheSameAsARegularExpression(@ForAll("patterns") String pattern) {
    var regex = TopicPattern.parse(pattern).regex();

    assertThat(KEYS.stream().filter(key -> key.matches(regex)))
        .containsExactlyElementsOf(
            KEYS.stream().filter(key -> Routing.topic(pattern, key)).toList());
  }

  @Property(tries = TRIES)
  void takesOtherCharactersAsTheyAre(
      @ForAll("literals") String pattern, @ForAll("literals") String key) {
    var regex = TopicPattern.parse(pattern).regex();

    assertThat(pattern).matches(regex);
    assertThat(key.matches(regex)).isEqualTo(pattern.equals(key));
  }

  @Property(tries = TRIES)
  void overlapsBothWaysAndWithItself(
      @ForAll("patterns") String one, @ForAll("patterns") String other) {
    var pattern = TopicPattern.parse(one);

    assertThat(pattern.overlaps(pattern)).isTrue();
    assertThat(pattern.overlaps(TopicPattern.parse(other)))
        .isEqualTo(TopicPattern.parse(other).overlaps(pattern));
  }

  @Test
  @Timeout(10)
  void needsNoLongTimeForManyWildcards() {
    var many = String.join(".", Collections.nCopies(60, "#.a"));
    var others = String.join(".", Collections.nCopies(60, "#.b"));

    assertThat(TopicPattern.parse(many).overlaps(TopicPattern.parse(others + ".c"))).isFalse();
    assertThat(TopicPattern.parse(many + ".#").overlaps(TopicPattern.parse(others + ".#")))
        .isTrue();
  }

  @Test
  void isShortForRepeatedWildcards() {
    var many = String.join(".", Collections.nCopies(60, "#"));

    assertThat(TopicPattern.parse(many)).isEqualTo(TopicPattern.parse("#"));
    assertThat(TopicPattern.parse("a." + many + ".b").regex()).isEqualTo("a\\.(.*\\.)?b");
  }

  @Test
  void knowsThatAnEmptyKeyHasNoWord() {
    assertThat("").matches(TopicPattern.parse("#").regex());
    assertThat("").doesNotMatch(TopicPattern.parse("*").regex());
    assertThat("").doesNotMatch(TopicPattern.parse("*.#").regex());
    assertThat(TopicPattern.parse("").overlaps(TopicPattern.parse("*"))).isFalse();
  }

  @Provide
  static Arbitrary<String> words() {
    return patterns("a", "b", "*", "#");
  }

  @Provide
  static Arbitrary<String> patterns() {
    return patterns("a", "b", "*", "#", "");
  }

  private static Arbitrary<String> patterns(String... words) {
    return Arbitraries.of(words).list().ofMaxSize(3).map(chosen -> String.join(".", chosen));
  }

  @Provide
  static Arbitrary<String> literals() {
    return Arbitraries.strings().withChars("ab-_+?()[]{}|^$\\/&~ é.").ofMaxLength(4);
  }

  private static Stream<String> longer(Stream<String> keys, int words) {
    var all = keys.toList();
    return words == 1
        ? all.stream()
        : Stream.concat(
            all.stream(),
            longer(
                all.stream().flatMap(key -> Stream.of("a", "b", "").map(it -> key + "." + it)),
                words - 1));
  }
}
