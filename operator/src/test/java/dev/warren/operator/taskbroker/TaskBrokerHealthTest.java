package dev.warren.operator.taskbroker;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.deleted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskBrokerStatus;
import dev.warren.operator.broker.BrokerFeatures;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.FiguresSource;
import dev.warren.operator.testing.ArgoHealth;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What Argo CD shows of the statuses of TaskBrokers.
class TaskBrokerHealthTest {
  private final TaskBroker broker = broker("");

  @Test
  void isProgressingUntilItWasLookedAt() {
    broker.setStatus(new TaskBrokerStatus(-1L, null, null, null));

    assertThat(ArgoHealth.of(broker))
        .isEqualTo(new ArgoHealth("Progressing", "the operator has not looked at it yet"));
  }

  @Test
  void isHealthyWhenConnected() {
    assertThat(health(connected(Optional.empty())))
        .isEqualTo(new ArgoHealth("Healthy", "the management API answers"));
  }

  @Test
  void isDegradedWithTheRemedyWhenItsSecretIsMissing() {
    assertThat(health(new ObservedBroker.SecretMissing()))
        .isEqualTo(
            new ArgoHealth(
                "Degraded", "Secret 'warren-system/rabbitmq' does not exist; create it"));
  }

  @Test
  void isDegradedWhenItWorksButNotAsItShould() {
    assertThat(health(connected(Optional.of("the plugin is away"))))
        .isEqualTo(
            new ArgoHealth("Degraded", "the plugin is away; the management API is asked instead"));
  }

  @Test
  void isProgressingWhileANewerSpecWasNotLookedAt() {
    health(connected(Optional.empty()));
    broker.getMetadata().setGeneration(2L);

    assertThat(ArgoHealth.of(broker).status()).isEqualTo("Progressing");
  }

  @Test
  void isProgressingWhileItIsDeleted() {
    health(connected(Optional.empty()));

    assertThat(ArgoHealth.of(deleted(broker, NOW)).status()).isEqualTo("Progressing");
  }

  private ArgoHealth health(ObservedBroker observed) {
    broker.setStatus(TaskBrokerPlanner.plan(broker, observed, NOW));
    return ArgoHealth.of(broker);
  }

  private static ObservedBroker connected(Optional<String> trouble) {
    return new ObservedBroker.Connected(
        new BrokerFeatures(BrokerVersion.parse("4.0.5"), Set.of("topic")),
        new FiguresSource(trouble.isEmpty(), trouble));
  }
}
