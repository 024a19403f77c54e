package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.created;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Snapshots.absent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.resource.Verdict;
import dev.warren.operator.topology.VhostPlan;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CeilingCheckTest {
  @ParameterizedTest
  @CsvSource({
    "maxLength,101,100",
    "maxBytes,4294967297,4294967296",
    "shards,3,2",
    "priorities,10,9",
  })
  void namesTheFieldItsValueTheCeilingAndWhomToAsk(String field, String value, String ceiling) {
    var broker = broker("ceilings: {%s: %s}".formatted(field, ceiling));
    broker.getMetadata().setAnnotations(Map.of("warren.dev/owner", "platform@example.com"));

    assertThat(Settings.problems(queue("type: Classic\n" + field + ": " + value), broker))
        .containsExactly(
            "spec.%s is %s, above spec.ceilings.%s %s of TaskBroker 'default' (owner: platform@example.com); lower it, or ask for a higher ceiling"
                .formatted(field, value, field, ceiling));
  }

  @Test
  void namesTheTaskBrokerAloneIfNobodySignedIt() {
    assertThat(Settings.problems(queue("shards: 3"), broker("ceilings: {shards: 2}")))
        .containsExactly(
            "spec.shards is 3, above spec.ceilings.shards 2 of TaskBroker 'default'; lower it, or ask for a"
                + " higher ceiling");
  }

  @Test
  void findsEverythingThatIsTooHigh() {
    assertThat(
            Settings.problems(
                queue("shards: 3\nmaxLength: 11"), broker("ceilings: {shards: 2, maxLength: 10}")))
        .hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "shards: 2",
        "maxLength: 10",
        "maxBytes: 20",
        "type: Classic\npriorities: 4"
      })
  void admitsWhatIsNotAboveACeiling(String spec) {
    var broker = broker("ceilings: {shards: 2, maxLength: 10, maxBytes: 20, priorities: 4}");

    assertThat(Settings.of(queue(spec), broker)).isNotNull();
  }

  @Test
  void limitsAQueueThatNamesNoLimit() {
    var limits =
        Settings.of(queue("maxLength: 7"), broker("ceilings: {maxLength: 10, maxBytes: 20}"))
            .limits();

    assertThat(limits.maxLength()).isEqualTo(OptionalLong.of(7));
    assertThat(limits.maxBytes()).isEqualTo(OptionalLong.of(20));
  }

  @Test
  void givesTheBrokersDefaultBeforeTheCeiling() {
    var broker = broker("defaults: {maxLength: 5}\nceilings: {maxLength: 10}");

    assertThat(Settings.of(queue("{}"), broker).limits().maxLength()).isEqualTo(OptionalLong.of(5));
  }

  @Test
  void admitsTheOldestTaskQueuesOfANamespace() {
    var oldest = created(queue("media", "a", "{}"), NOW.minusSeconds(2));
    var older = created(queue("media", "b", "{}"), NOW.minusSeconds(1));
    var youngest = queue("{}");

    var third = Observations.of(absent(), youngest, oldest, older);
    var second = Observations.of(absent(), older, oldest, youngest);

    assertThat(second.on("ceilings: {queuesPerNamespace: 2}").admission())
        .isInstanceOf(Admission.Admitted.class);
    assertThat(third.on("ceilings: {queuesPerNamespace: 2}").admission())
        .isEqualTo(
            new Admission.Refused(
                Verdict.notReady(
                    "CeilingExceeded",
                    "namespace 'media' has more TaskQueues than spec.ceilings.queuesPerNamespace 2 of TaskBroker"
                        + " 'default', and this one is not among the oldest; delete one, or ask for a higher ceiling")));
  }

  @Test
  void countsTheTaskQueuesOfItsNamespaceAndItsTaskBrokerOnly() {
    var elsewhere = created(queue("web", "a", "{}"), NOW.minusSeconds(2));
    var ofOther = created(queue("media", "b", "broker: other"), NOW.minusSeconds(1));

    assertThat(
            Observations.of(absent(), queue("{}"), elsewhere, ofOther)
                .on("ceilings: {queuesPerNamespace: 1}")
                .admission())
        .isInstanceOf(Admission.Admitted.class);
  }

  @Test
  void leavesToRabbitMqWhatTenantsCouldGetRound() {
    assertThat(
            CeilingCheck.inBroker(
                broker(
                    "ceilings: {maxLength: 10, maxBytes: 20, connectionsPerNamespace: 30, workers: 4}")))
        .isEqualTo(
            new VhostPlan.Ceilings(
                Map.of("max-length", 10L, "max-length-bytes", 20L),
                Map.of("max-connections", 30L)));
  }

  @Test
  void leavesNothingToRabbitMqWithoutCeilings() {
    assertThat(CeilingCheck.inBroker(broker(""))).isEqualTo(VhostPlan.Ceilings.NONE);
  }
}
