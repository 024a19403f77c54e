package dev.warren.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyTaskIdTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"task_id\":\"a1\"} | a1",
        "{\"x\":{\"task_id\":\"inner\"},\"task_id\":\"outer\"} | outer",
        "{\"task_id\":42,\"broken\": | 42",
      })
  void findsTheIdOfTheOutermostObject(String body, String id) {
    assertThat(find(body)).contains(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{\"task_id\":",
        "{\"task_id\":null}",
        "{\"task_id\":\"\"}",
        "{\"task_id\":{}}",
        "{\"x\":{\"task_id\":\"inner\"}}",
        "not json",
      })
  void findsNoneElsewhere(String body) {
    assertThat(find(body)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {2_000, 200_000})
  void findsNoneBehindEndlessNesting(int depth) {
    assertThat(find("{\"x\":" + "[".repeat(depth))).isEmpty();
  }

  @Property
  void survivesAnyBytes(@ForAll byte[] body) {
    assertThatCode(() -> BodyTaskId.find(body)).doesNotThrowAnyException();
  }

  private static Optional<String> find(String body) {
    return BodyTaskId.find(body.getBytes(StandardCharsets.UTF_8));
  }
}
