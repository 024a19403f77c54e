package dev.warren.operator.broker;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Asks RabbitMQ's Prometheus plugin how many messages the queues of a vhost hold, which costs the
/// broker a tenth of listing them (ADR 4). It tells of the queues whose leader is on its node, so
/// what it says counts only where it tells of all.
///
/// The thread that polls the broker asks; any may read the trouble.
final class MetricsReader implements AutoCloseable {
  private static final Duration DEADLINE = Duration.ofSeconds(5);

  /// How long it is left alone after a failure: the management API answers meanwhile.
  private static final Duration PAUSE = Duration.ofSeconds(30);

  /// A new queue appears within RabbitMQ's interval for statistics, 5 s, and there may be many new
  /// ones.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final InstantSource clock;

  /// Written by the thread that opens the broker, read by the one that polls it.
  private volatile @Nullable HttpConnection connection;

  /// Written by the thread that polls, read by all.
  private volatile @Nullable String trouble;

  /// When it is asked again.
  private volatile Instant due;

  /// Since when it lacks queues, by vhost. Used by the thread that polls.
  private final Map<String, Instant> incomplete = new HashMap<>();

  MetricsReader(BrokerAddress address, InstantSource clock) {
    this.clock = clock;
    due = clock.instant();
    connection = connect(address);
  }

  /// Asks at this address from now on.
  void use(BrokerAddress address) {
    var before = connection;
    connection = connect(address);
    trouble = null;
    due = clock.instant();
    if (before != null) {
      before.close();
    }
  }

  /// Whether it is to be asked.
  boolean isGiven() {
    return connection != null;
  }

  /// Why figures do not come from it, with the remedy; empty if they do, or it is not to be asked.
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /// The figures of a vhost's queues.
  ///
  /// @param queues all that are known
  /// @return empty if it is not to be asked now, did not answer, or told of others than these
  Optional<Map<String, QueueFigures>> figures(String vhost, Set<String> queues) {
    var used = connection;
    if (used == null || clock.instant().isBefore(due)) {
      return Optional.empty();
    }
    try {
      var path =
          "/metrics/detailed?family=queue_coarse_metrics&vhost=" + ManagementApi.segment(vhost);
      var figures =
          used.call(
              "GET",
              path,
              BodyPublishers.noBody(),
              DEADLINE,
              response -> answered(response, queues));
      var complete = figures.keySet().containsAll(queues);
      tell(used, complete, vhost);
      return complete && figures.size() == queues.size() ? Optional.of(figures) : Optional.empty();
    } catch (IOException e) {
      fails(
          "the Prometheus plugin at %s does not answer (%s); correct metricsUri or take it out of the Secret"
              .formatted(used.base(), reason(e)));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    var used = connection;
    if (used != null) {
      used.close();
    }
  }

  private void tell(HttpConnection used, boolean complete, String vhost) {
    if (complete) {
      incomplete.remove(vhost);
      trouble = null;
      return;
    }
    var now = clock.instant();
    var since = incomplete.computeIfAbsent(vhost, _ -> now);
    if (now.isAfter(since.plus(PATIENCE))) {
      fails(
          "the Prometheus plugin at %s does not tell of all queues, as in a cluster, where each node tells of its own; take metricsUri out of the Secret"
              .formatted(used.base()));
    }
  }

  private void fails(String why) {
    trouble = why;
    due = clock.instant().plus(PAUSE);
  }

  private static Map<String, QueueFigures> answered(
      HttpResponse<InputStream> response, Set<String> queues) throws IOException {
    if (response.statusCode() != HttpURLConnection.HTTP_OK) {
      throw new Refused(response.statusCode());
    }
    return CoarseMetrics.read(response.body(), queues);
  }

  private static String reason(IOException e) {
    return e instanceof Refused refused
        ? "status %d".formatted(refused.status)
        : ManagementFailures.silence(e);
  }

  private static @Nullable HttpConnection connect(BrokerAddress address) {
    return address.metrics().map(uri -> connect(uri, address.trust())).orElse(null);
  }

  private static HttpConnection connect(URI uri, Trust trust) {
    var base = URI.create("%s://%s:%d".formatted(uri.getScheme(), uri.getHost(), uri.getPort()));
    return new HttpConnection(
        base, Optional.ofNullable(uri.getRawUserInfo()).map(BrokerAddress::decode), trust);
  }

  /// It answered, and not with figures.
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1;

    private final int status;

    Refused(int status) {
      this.status = status;
    }
  }
}
