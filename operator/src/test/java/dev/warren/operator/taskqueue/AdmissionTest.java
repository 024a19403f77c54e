package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.created;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Snapshots.absent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.resource.Verdict;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private final TaskQueue queue = queue("{}");
  private final Observations usual = Observations.of(absent(), queue);

  @Test
  void admitsAQueueThatFits() {
    assertThat(usual.admission())
        .isEqualTo(
            new Admission.Admitted(Settings.topology("{}"), (BrokerView.Visible) usual.view()));
  }

  @Test
  void cannotReachABrokerThatDoesNotExist() {
    var lost = Observations.of(absent(), queue("broker: other")).withBroker(Optional.empty());

    assertThat(lost.admission())
        .isEqualTo(
            outOfReach(
                "BrokerNotFound",
                "TaskBroker 'other' does not exist; create it or correct spec.broker"));
  }

  @Test
  void refusesANamespaceThatTheBrokerDoesNotAdmit() {
    assertThat(usual.on("namespaceSelector: {matchLabels: {team: web}}").admission())
        .isEqualTo(
            refused(
                "BrokerNotAllowed",
                "TaskBroker 'default' does not admit namespace 'media'; ask its owner to extend"
                    + " spec.namespaceSelector or to label the namespace"));
  }

  @Test
  void refusesAnInvalidSpecWithAllProblems() {
    assertThat(of("retry: {maxAttempts: 31}\ndeadLetter: {retention: 0s}").admission())
        .isEqualTo(
            refused(
                "InvalidSpec",
                "spec.retry.maxAttempts is 31; use 1 to 30; spec.deadLetter.retention is '0s'; use 1ms to"
                    + " 49d"));
  }

  @Test
  void refusesWhatBelongsToAnOlderTaskQueue() {
    var older = created(queue("media", "older", "queueName: image-resize"), NOW.minusSeconds(1));

    assertThat(Observations.of(absent(), queue, older).admission())
        .isInstanceOfSatisfying(
            Admission.Refused.class,
            refused -> assertThat(refused.verdict().reason()).isEqualTo("Conflict"));
  }

  @Test
  void postponesWhatIsNotKnownYet() {
    var pending = usual.withView(new BrokerView.Pending("not looked at yet"));

    assertThat(pending.admission())
        .isEqualTo(new Admission.Postponed(Verdict.pending("BrokerPending", "not looked at yet")));
  }

  @Test
  void cannotReachABrokerThatIsAway() {
    var hidden = usual.withView(new BrokerView.Hidden("TaskBroker 'default': it is away"));

    assertThat(hidden.admission())
        .isEqualTo(outOfReach("BrokerUnreachable", "TaskBroker 'default': it is away"));
  }

  @Test
  void refusesAQueueThatExistsWithOtherSettingsFieldByField() {
    var found = new Queue("image-resize", Map.of("x-queue-type", "classic", "x-max-priority", 9L));
    var vhost =
        absent()
            .with(new BrokerChange.DeclareExchange(new Exchange("tasks", "direct")))
            .with(new BrokerChange.DeclareQueue(found));

    assertThat(Observations.of(vhost, queue).admission())
        .isEqualTo(
            refused(
                "Differs",
                "exchange 'tasks' exists with type direct, wanted topic;"
                    + " queue 'image-resize' exists with x-dead-letter-exchange unset, wanted warren.dead-letter;"
                    + " queue 'image-resize' exists with x-dead-letter-routing-key unset, wanted image-resize;"
                    + " queue 'image-resize' exists with x-max-priority 9, wanted unset;"
                    + " queue 'image-resize' exists with x-queue-type classic, wanted quorum;"
                    + " such settings cannot change in place: adapt the spec, delete what is there, or"
                    + " annotate the TaskQueue with warren.dev/migrate=1 to have its messages moved to a"
                    + " queue of Warren's"));
  }

  @Test
  void adoptsAQueueThatExistsAndFits() {
    var found =
        new Queue(
            "image-resize",
            Map.of(
                "x-queue-type", "quorum",
                "x-dead-letter-exchange", "warren.dead-letter",
                "x-dead-letter-routing-key", "image-resize"));
    var vhost = absent().with(new BrokerChange.DeclareQueue(found));

    assertThat(Observations.of(vhost, queue).admission()).isInstanceOf(Admission.Admitted.class);
  }

  private static Observations of(String spec) {
    return Observations.of(absent(), queue(spec));
  }

  private static Admission outOfReach(String reason, String message) {
    return new Admission.OutOfReach(Verdict.notReady(reason, message));
  }

  private static Admission refused(String reason, String message) {
    return new Admission.Refused(Verdict.notReady(reason, message));
  }
}
