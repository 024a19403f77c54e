package dev.warren.local.operator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.MessageProperties;
import dev.warren.model.testing.TestBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Retries on their way when the broker dies.
class DelayLaneIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String LANE = "warren.delay.1000.0";

  @Test
  void losesNoRetryOfAClassicQueueWhenTheBrokerCrashes(@TempDir Path directory) throws Exception {
    try (var broker = OwnBroker.start(directory);
        var cluster = new TestCluster(broker.withNewVhost(), Map.of())) {
      cluster.applyQueue(
          "orders", "type: Classic, retry: {maxAttempts: 2, initialDelay: 1s, jitter: 0}");
      cluster.awaitQueue("orders", condition -> condition.getStatus().equals("True"));
      var ui = new ManagementUi(cluster.broker(), cluster.namespace());

      // Only a queue that is never idle keeps in memory what nobody waits for.
      var retries = retry(cluster.broker(), () -> ui.messages("orders") > 1000);
      broker.kill();
      broker.start();

      await().atMost(PATIENCE).until(() -> ui.messages(LANE) == 0);
      assertThat(Traffic.drain(cluster.broker(), "orders")).containsAll(retries);
    }
  }

  /// Sends one retry after another, as a worker would.
  ///
  /// @return numbers of those that the broker has confirmed
  private static List<Integer> retry(TestBroker broker, BooleanSupplier enough)
      throws IOException, TimeoutException, InterruptedException {
    var confirmed = new ArrayList<Integer>();
    try (var connection = Traffic.connect(broker);
        var channel = connection.createChannel()) {
      channel.confirmSelect();
      while (!enough.getAsBoolean()) {
        for (int i = 0; i < 200; i++) {
          var number = confirmed.size();
          channel.basicPublish(
              LANE,
              "orders",
              MessageProperties.PERSISTENT_BASIC,
              Integer.toString(number).getBytes(UTF_8));
          confirmed.add(number);
        }
        channel.waitForConfirmsOrDie(PATIENCE.toMillis());
      }
    }
    return confirmed;
  }
}
