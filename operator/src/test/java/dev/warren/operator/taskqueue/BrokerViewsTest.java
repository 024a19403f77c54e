package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.condition;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskBrokerStatus;
import dev.warren.operator.broker.Brokers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Of a broker that this process has not opened.
class BrokerViewsTest {
  private final TaskBroker broker = broker("");

  @Test
  void arePendingBeforeTheBrokerWasLookedAt() {
    assertThat(view())
        .isEqualTo(new BrokerView.Pending("TaskBroker 'default' was not looked at yet"));
  }

  @Test
  void arePendingAfterARestartOfTheOperator() {
    broker.setStatus(status("True"));

    assertThat(view())
        .isEqualTo(new BrokerView.Pending("TaskBroker 'default' was not looked at yet"));
  }

  @Test
  void areHiddenWithTheReasonOfABrokerThatIsNotReady() {
    broker.setStatus(status("False"));

    assertThat(view())
        .isEqualTo(new BrokerView.Hidden("TaskBroker 'default' is not ready: because"));
  }

  private BrokerView view() {
    try (var brokers =
        new Brokers(Duration.ofHours(1), Clock.systemUTC(), new SimpleMeterRegistry())) {
      return new BrokerViews(brokers).of(broker, "media");
    }
  }

  private static TaskBrokerStatus status(String ready) {
    return new TaskBrokerStatus(1L, List.of(condition("Ready", ready, "Any", NOW)), "4.0.5", null);
  }
}
