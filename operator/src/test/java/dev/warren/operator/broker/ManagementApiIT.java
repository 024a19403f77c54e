package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.warren.operator.broker.BrokerException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Answers that no healthy broker gives.
class ManagementApiIT {
  private final HttpServer server =
      HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
  private final URI base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  private final ManagementApi api =
      new ManagementApi(new BrokerAddress("127.0.0.1", 5672, base, "user", "s3cret"));

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
          try (exchange) {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
          }
        });
  }

  private static BrokerException failure(Runnable call) {
    return catchThrowableOfType(BrokerException.class, call::run);
  }
}
