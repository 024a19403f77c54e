package dev.warren.benchmarks.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.warren.benchmarks.topology.Topology.Binding;
import dev.warren.benchmarks.topology.Topology.Exchange;
import dev.warren.benchmarks.topology.Topology.Queue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void readsWhatTheManagementApiLists() throws JsonProcessingException {
    var topology =
        Topology.of(
            JSON.readTree(
                """
                [{"name": "", "type": "direct", "arguments": {}},
                 {"name": "amq.topic", "type": "topic", "arguments": {}},
                 {"name": "tasks", "type": "topic", "arguments": {}}]
                """),
            JSON.readTree("[{\"name\": \"mail\", \"arguments\": {\"x-max-priority\": 9}}]"),
            JSON.readTree(
                """
                [{"source": "", "destination": "mail", "destination_type": "queue", "routing_key": "mail", "arguments": {}},
                 {"source": "a", "destination": "b", "destination_type": "exchange", "routing_key": "", "arguments": {}},
                 {"source": "tasks", "destination": "mail", "destination_type": "queue", "routing_key": "m.#", "arguments": {}}]
                """));

    assertThat(topology)
        .isEqualTo(
            new Topology(
                List.of(new Exchange("tasks", "topic", Map.of())),
                List.of(new Queue("mail", Map.of("x-max-priority", 9))),
                List.of(new Binding("tasks", "mail", "m.#", Map.of()))));
  }

  @Test
  void tellsTheObjectsOfOneQueueFromThoseOfAll() {
    var topology =
        new Topology(
            List.of(new Exchange("tasks", "topic", Map.of())),
            List.of(new Queue("mail.dlq", Map.of()), new Queue("warren.delay.1000.0", Map.of())),
            List.of(new Binding("tasks", "mail.dlq", "mail", Map.of())));

    assertThat(topology.of("mail"))
        .isEqualTo(
            new Topology(List.of(), List.of(topology.queues().getFirst()), topology.bindings()));
    assertThat(topology.without("mail"))
        .isEqualTo(
            new Topology(topology.exchanges(), List.of(topology.queues().getLast()), List.of()));
  }

  @Test
  void renamesWhereverTheNameOccurs() {
    var topology =
        new Topology(
            List.of(),
            List.of(new Queue("mail", Map.of("x-dead-letter-routing-key", "mail", "x-expires", 5))),
            List.of(new Binding("tasks", "mail.dlq", "mail", Map.of())));

    assertThat(topology.renamed("mail", "post"))
        .isEqualTo(
            new Topology(
                List.of(),
                List.of(
                    new Queue("post", Map.of("x-dead-letter-routing-key", "post", "x-expires", 5))),
                List.of(new Binding("tasks", "post.dlq", "post", Map.of()))));
  }
}
