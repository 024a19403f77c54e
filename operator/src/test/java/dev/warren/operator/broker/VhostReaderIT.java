package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.warren.operator.testing.Snapshots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What is made of the lists that a broker gives, and of those that do not fit together, as while
/// it starts.
class VhostReaderIT {
  private static final VhostSnapshot NOTHING = VhostSnapshot.absent(Instant.EPOCH, Users.NONE);
  private static final String ORDERS =
      "{\"name\":\"orders\",\"type\":\"quorum\",\"durable\":true,\"arguments\":{}}";
  private static final String MAIL = ORDERS.replace("orders", "mail");
  private static final String BINDINGS =
      "[{\"source\":\"tasks\",\"destination_type\":\"queue\",\"destination\":\"orders\",\"routing_key\":\"orders\",\"arguments\":{}}]";

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);

  /// What each path is answered with, `[]` where there is nothing.
  private final Map<String, String> answers = new ConcurrentHashMap<>();

  private final BrokerAddress address =
      new BrokerAddress(
          "127.0.0.1",
          5672,
          false,
          URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
          Optional.empty(),
          "user",
          "s3cret",
          Trust.OF_JVM);

  private final VhostReader reader =
      new VhostReader(
          new ManagementApi("default", address, InstantSource.system(), new SimpleMeterRegistry()),
          new MetricsReader(address, InstantSource.system()),
          InstantSource.system());

  VhostReaderIT() throws IOException {
    server.createContext(
        "/",
        exchange -> {
          var answer = answers.getOrDefault(exchange.getRequestURI().getPath(), "[]");
          var body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @BeforeEach
  void bindOrders() {
    answers.put("/api/bindings/media", BINDINGS);
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @Test
  void believesNoListWithoutQueuesWhileThereAreBindingsToThem() {
    assertThatThrownBy(() -> reader.read("media", NOTHING))
        .isInstanceOf(BrokerException.class)
        .hasMessageContaining("does not list all queues of vhost 'media'");
  }

  @Test
  void believesNoListWithoutAKnownQueueThatIsBound() {
    answers.put("/api/queues/media", "[%s,%s]".formatted(ORDERS, MAIL));
    var before = reader.read("media", NOTHING);
    answers.put("/api/queues/media", "[%s]".formatted(MAIL));

    assertThatThrownBy(() -> reader.read("media", before)).isInstanceOf(BrokerException.class);
  }

  @Test
  void readsOnWhenAQueueWasMadeAfterTheListOfQueues() {
    answers.put("/api/queues/media", "[%s]".formatted(MAIL));

    var found = reader.read("media", NOTHING);

    assertThat(found.queues()).containsOnlyKeys("mail");
  }

  @Test
  void believesThatAQueueIsGoneWithItsBindings() {
    answers.put("/api/queues/media", "[%s,%s]".formatted(ORDERS, MAIL));
    var before = reader.read("media", NOTHING);
    answers.put("/api/queues/media", "[%s]".formatted(MAIL));
    answers.put("/api/bindings/media", "[]");

    var found = reader.read("media", before);

    assertThat(found.queues()).containsOnlyKeys("mail");
  }

  @Test
  void readsTheFiguresOfQueuesThatAreKnown() {
    answers.put("/api/queues/media", "[%s]".formatted(ORDERS));
    var before = reader.read("media", NOTHING);
    answers.put(
        "/api/queues/media",
        "[{\"name\":\"orders\",\"messages_ready\":3,\"messages_unacknowledged\":2,\"messages\":5}]");

    var found = reader.readFigures("media", before).orElseThrow();

    assertThat(found.figuresOf("orders")).isEqualTo(Snapshots.figures(3, 2));
    assertThat(found.queues()).isSameAs(before.queues());
  }

  @Test
  void readsNoFiguresOfOtherQueuesThanAreKnown() {
    answers.put("/api/queues/media", "[%s]".formatted(ORDERS));
    var before = reader.read("media", NOTHING);
    answers.put("/api/queues/media", "[%s]".formatted(MAIL));

    assertThat(reader.readFigures("media", before)).isEmpty();
    assertThat(reader.readFigures("media", NOTHING)).isEmpty();
  }
}
