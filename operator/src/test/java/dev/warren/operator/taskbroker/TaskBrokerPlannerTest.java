package dev.warren.operator.taskbroker;

import static dev.warren.operator.testing.ConditionsAssert.assertThatConditions;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.broker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskBrokerStatus;
import dev.warren.operator.broker.BrokerException.Kind;
import dev.warren.operator.broker.BrokerFailures;
import dev.warren.operator.broker.BrokerFeatures;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.FiguresSource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskBrokerPlannerTest {
  private static final ObservedBroker CONNECTED = connected("4.0.5");
  private static final ObservedBroker AWAY =
      new ObservedBroker.Failed(BrokerFailures.of(Kind.UNREACHABLE, "it does not answer"));

  private final TaskBroker broker = broker("");

  @Test
  void reportsABrokerThatAnswers() {
    var status = TaskBrokerPlanner.plan(broker, CONNECTED, NOW);

    assertThat(status.observedGeneration()).isEqualTo(1);
    assertThat(status.version()).isEqualTo("4.0.5");
    assertThatConditions(status.conditions()).areReady("Connected");
  }

  @Test
  void saysWhatTellsHowFullQueuesAre() {
    var plugin = connected("4.0.5", new FiguresSource(true, Optional.empty()));

    assertThat(TaskBrokerPlanner.plan(broker, plugin, NOW).figuresFrom())
        .isEqualTo(TaskBrokerStatus.FiguresFrom.Prometheus);
    assertThat(TaskBrokerPlanner.plan(broker, CONNECTED, NOW).figuresFrom())
        .isEqualTo(TaskBrokerStatus.FiguresFrom.Management);
  }

  @Test
  void staysReadyWhileThePluginIsInTrouble() {
    var troubled = connected("4.0.5", new FiguresSource(false, Optional.of("it is away")));

    var status = TaskBrokerPlanner.plan(broker, troubled, NOW);

    assertThatConditions(status.conditions())
        .areReady("Connected")
        .say("Degraded", "True", "MetricsUnavailable");
  }

  @Test
  void namesASecretThatIsMissing() {
    var status = TaskBrokerPlanner.plan(broker, new ObservedBroker.SecretMissing(), NOW);

    assertThatConditions(status.conditions())
        .areNotReady("SecretNotFound")
        .withMessage("Secret 'warren-system/rabbitmq' does not exist; create it");
  }

  @Test
  void namesASecretThatMayNotBeRead() {
    var status = TaskBrokerPlanner.plan(broker, new ObservedBroker.SecretForbidden(), NOW);

    assertThatConditions(status.conditions())
        .areNotReady("SecretForbidden")
        .withMessage(
            "Secret 'warren-system/rabbitmq' may not be read by the operator;"
                + " keep it in the operator's namespace or in one that it watches, and name it there");
  }

  @Test
  void namesASecretThatIsWrong() {
    var invalid = new ObservedBroker.SecretInvalid("key 'uri' is missing");

    var status = TaskBrokerPlanner.plan(broker, invalid, NOW);

    assertThatConditions(status.conditions())
        .areNotReady("SecretInvalid")
        .withMessage("Secret 'warren-system/rabbitmq': key 'uri' is missing");
  }

  @Test
  void namesWhatIsWrongWithItsCertificates() {
    var invalid =
        new ObservedBroker.TlsInvalid("spec.tls.caRef: Secret 'a/b' does not exist; create it");

    var status = TaskBrokerPlanner.plan(broker, invalid, NOW);

    assertThatConditions(status.conditions())
        .areNotReady("TlsInvalid")
        .withMessage("spec.tls.caRef: Secret 'a/b' does not exist; create it");
  }

  @Test
  void refusesAVersionThatIsTooOld() {
    var old = connected("3.9.13");

    var status = TaskBrokerPlanner.plan(broker, old, NOW);

    assertThatConditions(status.conditions()).areNotReady("UnsupportedVersion");
  }

  @Test
  void keepsTheVersionOfABrokerThatIsAwayForAMoment() {
    broker.setStatus(TaskBrokerPlanner.plan(broker, CONNECTED, NOW));

    var status = TaskBrokerPlanner.plan(broker, AWAY, NOW);

    assertThat(status.version()).isEqualTo("4.0.5");
    assertThatConditions(status.conditions())
        .areNotReady("BrokerUnreachable")
        .withMessage("it does not answer");
  }

  @Test
  void repeatsItselfWhileTheBrokerIsAway() {
    broker.setStatus(TaskBrokerPlanner.plan(broker, AWAY, NOW));

    assertThat(TaskBrokerPlanner.plan(broker, AWAY, NOW.plus(Duration.ofHours(1))))
        .isEqualTo(broker.getStatus());
  }

  private static ObservedBroker connected(String version) {
    return connected(version, new FiguresSource(false, Optional.empty()));
  }

  private static ObservedBroker connected(String version, FiguresSource figures) {
    return new ObservedBroker.Connected(
        new BrokerFeatures(BrokerVersion.parse(version), Set.of("topic")), figures);
  }
}
