package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A plugin that does not tell all, or nothing.
class MetricsReaderIT {
  private static final String ORDERS =
      "rabbitmq_detailed_queue_messages_ready{vhost=\"media\",queue=\"orders\"} 3\n";

  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final String base = "127.0.0.1:" + server.getAddress().getPort();
  private Instant now = Instant.EPOCH;
  private final MetricsReader reader =
      new MetricsReader(address(Optional.of(URI.create("http://" + base))), () -> now);

  /// Written by the test, read by the server's thread.
  private volatile int status = 200;

  private final AtomicInteger calls = new AtomicInteger();

  MetricsReaderIT() throws IOException {}

  @BeforeEach
  void serve() {
    server.createContext(
        "/metrics/detailed",
        exchange -> {
          calls.incrementAndGet();
          var body = ORDERS.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    reader.close();
    server.stop(0);
  }

  @Test
  void isNotAskedWhereNoneIsGiven() {
    try (var none = new MetricsReader(address(Optional.empty()), () -> now)) {
      assertThat(none.isGiven()).isFalse();
      assertThat(none.figures("media", Set.of())).isEmpty();
      assertThat(none.trouble()).isEmpty();
    }
  }

  @Test
  void tellsWhatTheQueuesHold() {
    assertThat(reader.figures("media", Set.of("orders")))
        .hasValueSatisfying(figures -> assertThat(figures).containsOnlyKeys("orders"));
  }

  @Test
  void doesNotCountWhereItTellsOfAQueueThatIsNew() {
    assertThat(reader.figures("media", Set.of())).isEmpty();
    assertThat(reader.trouble()).isEmpty();
  }

  @Test
  void isInTroubleOnceItHasLackedAQueueForLong() {
    assertThat(reader.figures("media", Set.of("orders", "mail"))).isEmpty();
    assertThat(reader.trouble()).isEmpty();

    now = now.plus(Duration.ofMinutes(3));
    assertThat(reader.figures("media", Set.of("orders", "mail"))).isEmpty();

    assertThat(reader.trouble())
        .hasValueSatisfying(
            why ->
                assertThat(why)
                    .contains(base, "does not tell of all queues", "take metricsUri out"));
  }

  @Test
  void isLeftAloneForAWhileWhenItRefuses() {
    status = 401;
    assertThat(reader.figures("media", Set.of("orders"))).isEmpty();
    assertThat(reader.figures("media", Set.of("orders"))).isEmpty();

    assertThat(calls).hasValue(1);
    assertThat(reader.trouble())
        .contains(
            "the Prometheus plugin at http://%s does not answer (status 401); correct metricsUri or take it out of the Secret"
                .formatted(base));
  }

  @Test
  void isAskedAgainAfterATrouble() {
    status = 503;
    reader.figures("media", Set.of("orders"));
    status = 200;
    now = now.plus(Duration.ofMinutes(1));

    assertThat(reader.figures("media", Set.of("orders"))).isPresent();
    assertThat(reader.trouble()).isEmpty();
  }

  private static BrokerAddress address(Optional<URI> metrics) {
    return new BrokerAddress(
        "127.0.0.1",
        5672,
        false,
        URI.create("http://127.0.0.1:1"),
        metrics,
        "user",
        "s3cret",
        Trust.OF_JVM);
  }
}
