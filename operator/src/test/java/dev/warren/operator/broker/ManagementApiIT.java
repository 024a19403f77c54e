package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.warren.operator.broker.BrokerException.Kind;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers that no healthy broker gives.
class ManagementApiIT {
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final ManagementApi api =
      new ManagementApi(
          "default",
          new BrokerAddress(
              "127.0.0.1", 5672, false, base, Optional.empty(), "user", "s3cret", Trust.OF_JVM),
          InstantSource.system(),
          meters);

  /// Calls that came in.
  private final AtomicInteger calls = new AtomicInteger();

  ManagementApiIT() throws IOException {
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "400,REFUSED",
    "401,UNAUTHORIZED",
    "403,UNAUTHORIZED",
    "405,REFUSED",
    "409,REFUSED",
    "429,UNREACHABLE",
    "500,UNREACHABLE",
    "503,UNREACHABLE"
  })
  void saysWhatToDoNextByTheStatus(int status, Kind kind) {
    answers(status, "{\"reason\":\"because\"}");

    var failure = failure(() -> api.put("users/u", Map.of("password", "s3cret")));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.getMessage()).doesNotContain("s3cret");
  }

  @Test
  void quotesTheCallAndTheReasonOfARefusal() {
    answers(400, "{\"reason\":\"because\"}");

    assertThat(failure(() -> api.put("queues/a%2Fb/q?if-empty=true", Map.of())))
        .hasMessage("PUT /api/queues/a%2Fb/q: HTTP 400, because");
  }

  @ParameterizedTest
  @CsvSource({
    "Login failed,correct user and password there",
    "Not_Authorized,correct user and password there",
    "Not management user,give it the tag administrator",
    "Not administrator user,give it the tag administrator",
    "Access refused.,lacks permissions in the vhost",
    "User not authorised to access virtual host,lacks permissions in the vhost"
  })
  void saysWhatTheUserLacks(String reason, String remedy) {
    answers(401, "{\"error\":\"not_authorised\",\"reason\":\"%s\"}".formatted(reason));

    assertThat(failure(() -> api.put("queues/v/q", Map.of()))).hasMessageContaining(remedy);
  }

  @Test
  void readsAReasonThatIsAnErlangTerm() {
    answers(400, "{\"reason\":[\"amqp_error\",\"command_invalid\",[110,111],\"none\"]}");

    assertThat(failure(() -> api.put("queues/v/q", Map.of())))
        .hasMessage("PUT /api/queues/v/q: HTTP 400, amqp_error, command_invalid, no, none");
  }

  @Test
  void callsNoMoreWhileTheBrokerIsInTrouble() {
    answers(503, "{}");
    var first = failure(() -> api.get("overview"));

    var second = failure(() -> api.get("users"));

    assertThat(second).hasMessage(first.getMessage());
    assertThat(calls).hasValue(1);
  }

  @Test
  void goesOnCallingABrokerThatRefuses() {
    answers(500, "{}");
    failure(() -> api.get("overview"));

    failure(() -> api.get("users"));

    assertThat(calls).hasValue(2);
  }

  @Test
  void countsCallsByOutcome() {
    answers(204, "");

    api.put("users/u", Map.of());

    assertThat(
            meters
                .get("warren.broker.requests")
                .tags("broker", "default", "method", "PUT", "outcome", "success")
                .counter()
                .count())
        .isEqualTo(1);
  }

  @Test
  void refusesToReadWhatIsNoManagementApi() {
    answers(200, "<html>");

    assertThat(failure(() -> api.get("overview")))
        .hasMessage(
            "what answers at %s is no management API: its answer is not JSON; correct managementUri"
                .formatted(base));
  }

  @Test
  void findsNothingWhereNothingIs() {
    answers(404, "{}");

    assertThat(api.get("queues/absent").isMissingNode()).isTrue();
  }

  private void answers(int status, String body) {
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, status == 204 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  private static BrokerException failure(Runnable call) {
    return catchThrowableOfType(BrokerException.class, call::run);
  }
}
