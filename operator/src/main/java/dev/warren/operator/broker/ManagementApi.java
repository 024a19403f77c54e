package dev.warren.operator.broker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.warren.operator.broker.HttpConnection.Reader;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// JSON calls to the management API of one RabbitMQ, a bounded number at a time, each with a
/// deadline, and none while the broker is known not to answer. May be called by any thread.
///
/// Not RabbitMQ's own HTTP client: it reads a missing count as 0 and cannot leave out statistics
/// (ADR 0004).
final class ManagementApi implements AutoCloseable {
  /// Leaves streams open: what follows what was read is still to be skipped.
  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();

  /// So many calls at once, and the deadline of each.
  private record Lane(Semaphore permits, Duration deadline) {
    Lane(int atOnce, Duration deadline) {
      this(new Semaphore(atOnce, true), deadline);
    }
  }

  /// Reads what a list's answer holds.
  interface Body<T> {
    /// What the body holds, if there is what was looked for.
    ///
    /// @throws IOException if it breaks off
    @Nullable T read(InputStream body) throws IOException;
  }

  private final String broker;
  private final MeterRegistry meters;
  private final CircuitBreaker breaker;

  /// Changes have connections of their own, so that none waits behind a reading.
  private final Lane changes = new Lane(6, Duration.ofSeconds(15));

  private final Lane imports = new Lane(1, Duration.ofSeconds(30));

  /// A busy broker takes long to list 20,000 queues; that it is away shows in other calls.
  private final Lane readings = new Lane(2, Duration.ofSeconds(60));

  /// Written by the thread that opens the broker, read by all.
  private volatile HttpConnection connection;

  /// @param broker the TaskBroker's name, under which calls are counted
  ManagementApi(String broker, BrokerAddress address, InstantSource clock, MeterRegistry meters) {
    this.broker = broker;
    this.meters = meters;
    connection = connect(address);
    breaker = new CircuitBreaker(clock, () -> ThreadLocalRandom.current().nextDouble());
  }

  /// Calls this address from now on.
  void use(BrokerAddress address) {
    var before = connection;
    connection = connect(address);
    breaker.answered();
    before.close();
  }

  private static HttpConnection connect(BrokerAddress address) {
    return new HttpConnection(
        address.management(),
        Optional.of(address.username() + ":" + address.password()),
        address.trust());
  }

  /// What is at a path; a {@link MissingNode} if nothing is.
  JsonNode get(String path) {
    return call(changes, "GET", path, BodyPublishers.noBody(), ManagementApi::found);
  }

  /// What is at a path, read as it arrives; empty if nothing is, or nothing was found in it.
  <T> Optional<T> read(String path, Body<T> body) {
    return call(
        readings,
        "GET",
        path,
        BodyPublishers.noBody(),
        response ->
            response.statusCode() == 404
                ? Optional.empty()
                : Optional.ofNullable(body.read(response.body())));
  }

  void put(String path, Map<String, ?> body) {
    call(changes, "PUT", path, json(body), ManagementApi::found);
  }

  /// What a POST answers; missing if nothing.
  JsonNode post(String path, Map<String, ?> body) {
    return call(changes, "POST", path, json(body), ManagementApi::found);
  }

  /// Writes all that a document defines.
  void importDefinitions(Map<String, ?> document) {
    call(imports, "POST", "definitions", json(document), ManagementApi::found);
  }

  /// Deletes what is at a path, if anything is.
  void delete(String path) {
    call(changes, "DELETE", path, BodyPublishers.noBody(), ManagementApi::found);
  }

  /// A name as a segment of a path.
  static String segment(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }

  @Override
  public void close() {
    connection.close();
  }

  private <T> T call(Lane lane, String method, String path, BodyPublisher body, Reader<T> reader) {
    try {
      lane.permits.acquire();
    } catch (InterruptedException e) {
      throw interrupted(connection);
    }
    try {
      var admission = breaker.admit();
      var succeeded = false;
      try {
        var result = admitted(admission, lane.deadline, method, path, body, reader);
        succeeded = true;
        return result;
      } finally {
        count(method, succeeded);
      }
    } finally {
      lane.permits.release();
    }
  }

  private <T> T admitted(
      CircuitBreaker.Admission admission,
      Duration deadline,
      String method,
      String path,
      BodyPublisher body,
      Reader<T> reader) {
    var used = connection;
    try {
      var result =
          used.call(
              method, "/api/" + path, body, deadline, response -> answer(used, response, reader));
      breaker.answered();
      return result;
    } catch (JsonProcessingException e) {
      breaker.answered();
      throw ManagementFailures.noManagementApi(used.base());
    } catch (BrokerException e) {
      breaker.answered();
      throw e;
    } catch (IOException e) {
      throw failed(used, admission, e);
    } catch (InterruptedException e) {
      breaker.abandoned(admission);
      throw interrupted(used);
    }
  }

  private static <T> T answer(
      HttpConnection used, HttpResponse<InputStream> response, Reader<T> reader)
      throws IOException {
    var status = response.statusCode();
    if (ManagementFailures.Overloaded.says(status)) {
      throw new ManagementFailures.Overloaded(status);
    }
    var mayBeMissing = Set.of("GET", "DELETE").contains(response.request().method());
    if (status / 100 == 2 || (status == 404 && mayBeMissing)) {
      return reader.read(response);
    }
    throw ManagementFailures.of(used.base(), response);
  }

  private BrokerException failed(
      HttpConnection used, CircuitBreaker.Admission admission, IOException cause) {
    var failure = ManagementFailures.of(used.base(), cause);
    // What an address did that is not used any more says nothing of the one that is.
    if (used == connection) {
      breaker.failed(admission, failure);
    } else {
      breaker.abandoned(admission);
    }
    return failure;
  }

  private static BrokerException interrupted(HttpConnection used) {
    Thread.currentThread().interrupt();
    return new BrokerException(
        BrokerException.Kind.UNREACHABLE, "the call to %s was interrupted".formatted(used.base()));
  }

  private void count(String method, boolean succeeded) {
    Counter.builder("warren.broker.requests")
        .description("Calls of the management API")
        .tag("broker", broker)
        .tag("method", method)
        .tag("outcome", succeeded ? "success" : "failure")
        .register(meters)
        .increment();
  }

  private static JsonNode found(HttpResponse<InputStream> response) throws IOException {
    return response.statusCode() == 404
        ? MissingNode.getInstance()
        : JSON.readTree(response.body());
  }

  private static BodyPublisher json(Map<String, ?> body) {
    try {
      return BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
