package dev.warren.operator.taskworker;

import static dev.warren.operator.taskworker.WorkerObservations.usual;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.resource.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConsumerTimeoutTest {
  @Test
  void tasksThatOutlastAnOldBrokersTimeoutAreToldOfBeforeTheyAreLost() {
    assertThat(degraded("3.10.8", "45m", ""))
        .hasValueSatisfying(
            condition -> {
              assertThat(condition.getReason()).isEqualTo("TasksOutlastBroker");
              assertThat(condition.getMessage())
                  .isEqualTo(
                      "maxTaskDuration of TaskQueue 'image-resize' is 45m, but RabbitMQ 3.10.8 takes all tasks from a pod that holds one for longer than its consumer_timeout, 30m; lower maxTaskDuration to 12m30s, use RabbitMQ 3.12 or later, or raise consumer_timeout to 1h35m in rabbitmq.conf and say so in spec.consumerTimeout of TaskBroker 'default'");
            });
  }

  @ParameterizedTest
  @CsvSource({
    "3.12.0, 45m, ''",
    "4.0.5, 7d, ''",
    "3.10.8, 10m, ''",
    "3.10.8, 12m30s, ''",
    "3.10.8, 45m, 'consumerTimeout: 2h'"
  })
  void tasksThatABrokerLeavesInTheirPodsAreNoRisk(
      String version, String maxTaskDuration, String brokerSpec) {
    assertThat(degraded(version, maxTaskDuration, brokerSpec)).isEmpty();
  }

  private static Optional<Condition> degraded(
      String version, String maxTaskDuration, String brokerSpec) {
    var plan =
        usual()
            .withQueue(Optional.of(reconciled(queue("maxTaskDuration: " + maxTaskDuration))))
            .withBroker(broker(brokerSpec))
            .withBrokerVersion(version)
            .plan(worker(""));
    return Conditions.find(plan.status().conditions(), "Degraded");
  }
}
