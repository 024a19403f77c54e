package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CoarseMetricsTest {
  private static final QueueFigures THREE_AND_FOUR =
      new QueueFigures(OptionalLong.of(3), OptionalLong.of(4), OptionalLong.of(7));

  @Test
  void readsWhatQueuesHold() throws IOException {
    var figures =
        read(
            """
            # TYPE rabbitmq_detailed_queue_messages_ready gauge
            rabbitmq_detailed_queue_messages_ready{vhost="media",queue="café"} 3
            # TYPE rabbitmq_detailed_queue_messages_unacked gauge
            rabbitmq_detailed_queue_messages_unacked{vhost="media",queue="café"} 4
            rabbitmq_detailed_queue_messages{vhost="media",queue="café"} 7
            rabbitmq_detailed_queue_process_reductions_total{vhost="media",queue="café"} 8022
            rabbitmq_build_info{rabbitmq_version="4.0.5"} 1
            """);

    assertThat(figures).isEqualTo(Map.of("café", THREE_AND_FOUR));
  }

  @Test
  void leavesUnknownWhatIsNotTold() throws IOException {
    var figures = read("rabbitmq_detailed_queue_messages_ready{vhost=\"v\",queue=\"q\"} 3\n");

    assertThat(figures.get("q"))
        .isEqualTo(
            new QueueFigures(OptionalLong.of(3), OptionalLong.empty(), OptionalLong.empty()));
  }

  @Test
  void takesNamesAsEitherReleaseWritesThem() throws IOException {
    var plain = "rabbitmq_detailed_queue_messages{vhost=\"v\",queue=\"a\"\\b\"} 1\n";
    var escaped = "rabbitmq_detailed_queue_messages{vhost=\"v\",queue=\"a\\\"\\\\b\"} 1\n";

    assertThat(read(plain, "a\"\\b")).containsOnlyKeys("a\"\\b");
    assertThat(read(escaped, "a\"\\b")).containsOnlyKeys("a\"\\b");
  }

  private static Map<String, QueueFigures> read(String text, String... known) throws IOException {
    return CoarseMetrics.read(
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), Set.of(known));
  }
}
