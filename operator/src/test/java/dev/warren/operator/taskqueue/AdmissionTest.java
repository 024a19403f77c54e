package dev.warren.operator.taskqueue;

import static dev.warren.operator.taskqueue.Observations.visible;
import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.created;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static dev.warren.operator.testing.Snapshots.absent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.resource.Verdict;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdmissionTest {
  private static final BrokerVersion V3_10 = BrokerVersion.parse("3.10.8");

  private final TaskQueue queue = queue("{}");
  private final Observations usual = Observations.of(absent(), queue);

  @Test
  void admitsAQueueThatFits() {
    assertThat(Admission.of(queue, usual.observed()))
        .isEqualTo(
            new Admission.Admitted(
                Settings.of("{}"), (BrokerView.Visible) usual.observed().view()));
  }

  @Test
  void refusesABrokerThatDoesNotExist() {
    assertThat(Admission.of(queue("broker: other"), usual.withBroker(Optional.empty()).observed()))
        .isEqualTo(
            refused(
                "BrokerNotFound",
                "TaskBroker 'other' does not exist; create it or correct spec.broker"));
  }

  @Test
  void refusesANamespaceThatTheBrokerDoesNotAdmit() {
    var choosy = broker("namespaceSelector: {matchLabels: {team: web}}");

    assertThat(Admission.of(queue, usual.withBroker(Optional.of(choosy)).observed()))
        .isEqualTo(
            refused(
                "BrokerNotAllowed",
                "TaskBroker 'default' does not admit namespace 'media'; ask its owner to extend"
                    + " spec.namespaceSelector or to label the namespace"));
  }

  @Test
  void refusesAnInvalidSpecWithAllProblems() {
    var invalid = queue("retry: {maxAttempts: 31}\ndeadLetter: {retention: 0s}");

    assertThat(Admission.of(invalid, usual.observed()))
        .isEqualTo(
            refused(
                "InvalidSpec",
                "spec.retry.maxAttempts is 31; use 1 to 30; spec.deadLetter.retention is '0s'; use 1ms to"
                    + " 49d"));
  }

  @Test
  void refusesAQueueOfAnOlderTaskQueue() {
    var older = created(queue("media", "older", "queueName: image-resize"), NOW.minusSeconds(1));

    assertThat(Admission.of(queue, Observations.of(absent(), queue, older).observed()))
        .isEqualTo(
            refused(
                "Conflict",
                "queue 'image-resize' in vhost 'media' belongs to the older TaskQueue 'media/older'; set another"
                    + " spec.queueName"));
  }

  @Test
  void admitsTheOlderOfTwoThatNameTheSameQueue() {
    var younger = created(queue("media", "young", "queueName: image-resize"), NOW.plusSeconds(1));

    assertThat(Admission.of(queue, Observations.of(absent(), younger, queue).observed()))
        .isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void admitsOneOfTwoOfTheSameAge() {
    var twin = queue("media", "twin", "queueName: image-resize");
    var both = Observations.of(absent(), twin, queue).observed();

    assertThat(Admission.of(queue, both)).isInstanceOf(Admission.Admitted.class);
    assertThat(Admission.of(twin, both)).isInstanceOf(Admission.Refused.class);
  }

  @ParameterizedTest
  @CsvSource({"a,b", "b,a"})
  void leavesAQueueToTheTwinThatHasItAlready(String owner, String other) {
    var has = reconciled(queue("media", owner, "queueName: shared"));
    var wants = queue("media", other, "queueName: shared");
    var both = Observations.of(absent(), has, wants).observed();

    assertThat(Admission.of(has, both)).isInstanceOf(Admission.Admitted.class);
    assertThat(Admission.of(wants, both)).isInstanceOf(Admission.Refused.class);
  }

  @Test
  void admitsTheSameNameInAnotherVhost() {
    var older = created(queue("web", "image-resize", "{}"), NOW.minusSeconds(1));

    assertThat(Admission.of(queue, Observations.of(absent(), queue, older).observed()))
        .isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void refusesTheSameNameInASharedVhost() {
    var older = created(queue("web", "image-resize", "{}"), NOW.minusSeconds(1));
    var shared = broker("vhostPolicy: {type: Fixed, vhost: /}");
    var observed = Observations.of(absent(), queue, older).withBroker(Optional.of(shared));

    assertThat(Admission.of(queue, observed.observed()))
        .isEqualTo(
            refused(
                "Conflict",
                "queue 'image-resize' in vhost '/' belongs to the older TaskQueue 'web/image-resize'; set another"
                    + " spec.queueName"));
  }

  @Test
  void postponesWhatIsNotKnownYet() {
    var pending = usual.withView(new BrokerView.Pending("not looked at yet"));

    assertThat(Admission.of(queue, pending.observed()))
        .isEqualTo(new Admission.Postponed(Verdict.notReady("BrokerPending", "not looked at yet")));
  }

  @Test
  void refusesWhileTheBrokerIsAway() {
    var hidden = usual.withView(new BrokerView.Hidden("TaskBroker 'default': it is away"));

    assertThat(Admission.of(queue, hidden.observed()))
        .isEqualTo(refused("BrokerUnreachable", "TaskBroker 'default': it is away"));
  }

  @Test
  void refusesPrioritiesThatAQuorumQueueOfTheVersionDoesNotHave() {
    var old = usual.withView(visible(V3_10, absent()));

    assertThat(Admission.of(queue("priorities: 2"), old.observed()))
        .isEqualTo(
            refused(
                "UnsupportedByBroker",
                "spec.priorities on a Quorum queue needs RabbitMQ 4.0 or later, this is 3.10.8; set spec.type to"
                    + " Classic"));
  }

  @Test
  void refusesAnOverflowThatAQuorumQueueDoesNotHave() {
    assertThat(Admission.of(queue("overflow: RejectPublishDeadLetter"), usual.observed()))
        .isEqualTo(
            refused(
                "UnsupportedByBroker",
                "spec.overflow RejectPublishDeadLetter works on Classic queues only; use RejectPublish or DropHead, or"
                    + " set spec.type to Classic"));
  }

  @Test
  void refusesAQueueThatExistsWithOtherSettingsFieldByField() {
    var found = new Queue("image-resize", Map.of("x-queue-type", "classic", "x-max-priority", 9L));
    var vhost =
        absent()
            .with(new BrokerChange.DeclareExchange(new Exchange("tasks", "direct")))
            .with(new BrokerChange.DeclareQueue(found));

    assertThat(Admission.of(queue, Observations.of(vhost, queue).observed()))
        .isEqualTo(
            refused(
                "Differs",
                "exchange 'tasks' exists with type direct, wanted topic;"
                    + " queue 'image-resize' exists with x-dead-letter-exchange unset, wanted warren.dead-letter;"
                    + " queue 'image-resize' exists with x-dead-letter-routing-key unset, wanted image-resize;"
                    + " queue 'image-resize' exists with x-max-priority 9, wanted unset;"
                    + " queue 'image-resize' exists with x-queue-type classic, wanted quorum;"
                    + " such settings cannot change in place: adapt the spec, or delete what is there"));
  }

  private static Admission refused(String reason, String message) {
    return new Admission.Refused(Verdict.notReady(reason, message));
  }
}
