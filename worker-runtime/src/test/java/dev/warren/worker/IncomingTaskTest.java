package dev.warren.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.warren.model.TaskHeaders;
import dev.warren.worker.testing.AnyHeaderValue;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IncomingTaskTest {
  private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

  @Test
  void takesEverythingFromABareMessage() {
    var task = read(Map.of(), "[]");

    assertThat(task.task().id()).isEmpty();
    assertThat(task.task().type()).isEqualTo("resize");
    assertThat(task.task().routingKey()).isEqualTo("resize");
    assertThat(task.contentType()).isEqualTo("application/json");
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(task.firstSeen()).isEqualTo(NOW);
    assertThat(task.waited()).isEmpty();
  }

  @Test
  void takesTheIdFromTheBodyWhenTheMessageHasNone() {
    assertThat(read(Map.of(), "{\"task_id\":\"b\"}").task().id()).contains("b");
  }

  @Test
  void prefersTheMessageId() {
    var properties = new MessageProperties("tasks", "k", "m", null, null, null, null, Map.of());

    var task =
        IncomingTask.read(properties, "{\"task_id\":\"b\"}".getBytes(StandardCharsets.UTF_8), NOW);

    assertThat(task.task().id()).contains("m");
  }

  @Test
  void remembersWhereARetriedTaskWasFirstPublished() {
    var task =
        read(
            Map.of(
                TaskHeaders.ORIGIN_EXCHANGE, "media",
                TaskHeaders.ORIGIN_ROUTING_KEY, "image.new"),
            "{}");

    assertThat(task.exchange()).isEqualTo("media");
    assertThat(task.task().routingKey()).isEqualTo("image.new");
  }

  @Test
  void measuresTheWaitOfATaskNeverSeenBefore() {
    var enqueued = NOW.minusSeconds(3).toEpochMilli();

    assertThat(read(Map.of(TaskHeaders.ENQUEUED_AT, enqueued), "{}").waited())
        .contains(Duration.ofSeconds(3));
    assertThat(
            read(Map.of(TaskHeaders.ENQUEUED_AT, enqueued, TaskHeaders.FIRST_SEEN, enqueued), "{}")
                .waited())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 3",
    "0, 1",
    "-7, 1",
    "9223372036854775807, 2147483646",
    "99999999999999999999, 1",
    "soon, 1"
  })
  void readsAnyAttemptNumberAsOneThatCounts(String header, int attempt) {
    assertThat(read(Map.of(TaskHeaders.ATTEMPT, header), "{}").attempt()).isEqualTo(attempt);
  }

  @Property
  void readsAnyMessage(@ForAll("headers") Map<String, Object> headers, @ForAll byte[] body) {
    var properties = new MessageProperties("e", "k", null, null, null, null, null, headers);

    assertThatCode(() -> IncomingTask.read(properties, body, NOW)).doesNotThrowAnyException();
  }

  @Provide
  Arbitrary<Map<String, Object>> headers() {
    var names =
        Arbitraries.of(
            TaskHeaders.ATTEMPT,
            TaskHeaders.FIRST_SEEN,
            TaskHeaders.ENQUEUED_AT,
            TaskHeaders.ORIGIN_ROUTING_KEY,
            "x-death",
            "other");
    return Arbitraries.maps(names, AnyHeaderValue.arbitrary()).map(HashMap::new);
  }

  private static IncomingTask read(Map<String, Object> headers, String body) {
    var properties =
        new MessageProperties(
            "tasks", "resize", null, null, null, null, null, new HashMap<>(headers));
    return IncomingTask.read(properties, body.getBytes(StandardCharsets.UTF_8), NOW);
  }
}
