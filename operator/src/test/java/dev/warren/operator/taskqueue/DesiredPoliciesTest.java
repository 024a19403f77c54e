package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.broker.VhostSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DesiredPoliciesTest {
  private static final BrokerVersion V3_10 = BrokerVersion.parse("3.10.8");
  private static final BrokerVersion V4 = BrokerVersion.parse("4.0.5");

  @Test
  void nameTheirValuesAndListTheirQueues() {
    assertThat(policies(absent(), Settings.of("type: Classic")))
        .containsExactly(
            new Policy(
                "warren.message-ttl=604800000",
                "^(image-resize\\.dlq)$",
                10,
                Map.of("message-ttl", 604_800_000L)));
  }

  @Test
  void limitReturnsOfQuorumQueuesAndKeepTheirDeadLettersSafe() {
    assertThat(definition("image-resize", V3_10, "{}"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "delivery-limit", 20L,
                "overflow", "reject-publish",
                "dead-letter-strategy", "at-least-once"));
  }

  @Test
  void doNotAskForWhatDropHeadCannotGive() {
    assertThat(definition("image-resize", V3_10, "overflow: DropHead"))
        .containsEntry("overflow", "drop-head")
        .doesNotContainKey("dead-letter-strategy");
  }

  @Test
  void setTheConsumerTimeoutWhereABrokerKnowsIt() {
    assertThat(definition("image-resize", V4, "maxTaskDuration: 1h"))
        .containsEntry("consumer-timeout", 65 * 60_000L);
    assertThat(definition("image-resize", V3_10, "maxTaskDuration: 1h"))
        .doesNotContainKey("consumer-timeout");
  }

  @Test
  void setTheLimitsOfTheSpec() {
    var spec =
        "type: Classic\nmessageTtl: 1h\nmaxLength: 10\nmaxBytes: 99\noverflow: RejectPublishDeadLetter";

    assertThat(definition("image-resize", V3_10, spec))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "message-ttl", 3_600_000L,
                "max-length", 10L,
                "max-length-bytes", 99L,
                "overflow", "reject-publish-dlx"));
  }

  @Test
  void limitTheDeadLetterQueue() {
    assertThat(definition("image-resize.dlq", V4, "deadLetter: {retention: 1d, maxLength: 5}"))
        .containsEntry("message-ttl", 86_400_000L)
        .containsEntry("max-length", 5L);
  }

  @Test
  void letDeadLettersBeLookedAtAsOftenAsOneLikes() {
    assertThat(definition("image-resize.dlq", V4, "{}")).containsEntry("delivery-limit", -1L);
    assertThat(definition("image-resize.dlq", V3_10, "{}")).doesNotContainKey("delivery-limit");
    assertThat(definition("image-resize.dlq", V4, "type: Classic"))
        .doesNotContainKey("delivery-limit");
  }

  @Test
  void areOneForAllQueuesWithTheSameValues() {
    var policies =
        policies(
            absent(),
            Settings.of(queue("media", "a", "maxLength: 1")),
            Settings.of(queue("media", "b", "maxLength: 1")),
            Settings.of(queue("media", "c", "maxLength: 2")));

    assertThat(policies)
        .extracting(Policy::pattern)
        .containsExactlyInAnyOrder("^(a|b)$", "^(c)$", "^(a\\.dlq|b\\.dlq|c\\.dlq)$");
  }

  @Test
  void matchNamesWithDotsAndNoOthers() {
    var policies = policies(absent(), Settings.of("queueName: image.resize"));

    assertThat(matching(policies, "image.resize")).isNotEmpty();
    assertThat(matching(policies, "image-resize")).isEmpty();
    assertThat(matching(policies, "image.resize2")).isEmpty();
  }

  @Test
  void keepWhatAQueueHasThatNobodyClaimsAnyMore() {
    var retained = withPoliciesOf("queueName: image.resize\nmaxLength: 7", "image.resize");

    var policies = policies(retained, Settings.of(queue("media", "other", "maxLength: 8")));

    assertThat(matching(policies, "image.resize"))
        .singleElement()
        .extracting(policy -> policy.definition().get("max-length"))
        .isEqualTo(7L);
  }

  @Test
  void forgetAQueueThatIsGone() {
    var gone =
        withPoliciesOf("maxLength: 7", "image-resize")
            .with(new BrokerChange.DeleteQueue("image-resize"));

    assertThat(matching(policies(gone), "image-resize")).isEmpty();
  }

  @Test
  void followTheSpecOfAQueueThatIsClaimed() {
    var before = withPoliciesOf("maxLength: 7", "image-resize");

    assertThat(matching(policies(before, Settings.of("maxLength: 8")), "image-resize"))
        .singleElement()
        .extracting(policy -> policy.definition().get("max-length"))
        .isEqualTo(8L);
  }

  /// A vhost with the queue and its policies.
  private static VhostSnapshot withPoliciesOf(String spec, String queue) {
    var settings = Settings.of(spec);
    var changes = new ArrayList<BrokerChange>();
    changes.add(new BrokerChange.CreateVhost());
    DesiredTopology.of(settings).queues().stream()
        .filter(declared -> declared.name().equals(queue))
        .map(BrokerChange.DeclareQueue::new)
        .forEach(changes::add);
    policies(absent(), settings).stream().map(BrokerChange.PutPolicy::new).forEach(changes::add);
    return after(absent(), changes);
  }

  private static Map<String, Object> definition(String queue, BrokerVersion version, String spec) {
    var policies = DesiredPolicies.of(List.of(Settings.of(spec)), version, absent()).values();
    return matching(policies, queue).getFirst().definition();
  }

  private static Collection<Policy> policies(VhostSnapshot vhost, QueueSettings... claimed) {
    return DesiredPolicies.of(List.of(claimed), V3_10, vhost).values();
  }

  private static List<Policy> matching(Collection<Policy> policies, String queue) {
    return policies.stream()
        .filter(policy -> Pattern.compile(policy.pattern()).matcher(queue).find())
        .toList();
  }
}
