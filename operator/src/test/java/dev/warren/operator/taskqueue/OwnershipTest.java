package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.created;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.operator.resource.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnershipTest {
  private final TaskBroker own = broker("");
  private final TaskBroker shared = broker(Settings.SHARED);
  private final TaskQueue queue = queue("{}");

  @Test
  void isOfTheOldestThatNamesAQueue() {
    var older = older(queue("media", "older", "queueName: image-resize"));

    assertThat(conflict(queue, own, older))
        .contains(
            "queue 'image-resize' in vhost 'media' belongs to the older TaskQueue 'media/older'; set another"
                + " spec.queueName");
    assertThat(conflict(older, own, queue)).isEmpty();
  }

  @Test
  void isOfOneOfTwoOfTheSameAge() {
    var twin = queue("media", "twin", "queueName: image-resize");

    assertThat(conflict(queue, own, twin)).isEmpty();
    assertThat(conflict(twin, own, queue)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({"a,b", "b,a"})
  void staysWithTheTwinThatHasTheQueueAlready(String owner, String other) {
    var has = reconciled(queue("media", owner, "queueName: both"));
    var wants = queue("media", other, "queueName: both");

    assertThat(conflict(has, own, wants)).isEmpty();
    assertThat(conflict(wants, own, has)).isPresent();
  }

  @Test
  void isOfOneVhost() {
    assertThat(conflict(queue, own, older(queue("web", "image-resize", "{}")))).isEmpty();
  }

  @Test
  void isOfOneTaskBroker() {
    assertThat(conflict(queue, shared, older(queue("web", "image-resize", "broker: other"))))
        .isEmpty();
  }

  @Test
  void reachesAcrossNamespacesThatShareAVhost() {
    assertThat(conflict(queue, shared, older(queue("web", "image-resize", "{}"))))
        .contains(
            "queue 'image-resize' in vhost 'shared' belongs to the older TaskQueue 'web/image-resize'; set another"
                + " spec.queueName");
  }

  @ParameterizedTest
  @CsvSource({"a.*,a.b", "'#',x", "*.b,a.#", "a,a"})
  void isOfTheOldestWhoseRoutingKeysOverlap(String key, String theirs) {
    var younger = queue("routingKeys: [ok, '%s']".formatted(key));
    var older = older(queue("web", "page", "routingKeys: ['%s', other]".formatted(theirs)));

    assertThat(conflict(younger, shared, older))
        .contains(
            "routing key '%s' of exchange 'tasks' overlaps with one of the older TaskQueue 'web/page' of another namespace; set other spec.routingKeys or another spec.exchange.name"
                .formatted(key));
    assertThat(conflict(older, shared, younger)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"a.*,b.*", "a.*,a.b.c", "a.b,a"})
  void allowsNamespacesToShareATopicExchangeByDifferentKeys(String key, String theirs) {
    var younger = queue("routingKeys: ['%s']".formatted(key));
    var older = older(queue("web", "page", "routingKeys: ['%s']".formatted(theirs)));

    assertThat(conflict(younger, shared, older)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"Topic,#", "Direct,a", "Fanout,a"})
  void allowsTaskQueuesOfANamespaceToShareWhatTheyLike(String type, String key) {
    var spec = "exchange: {name: all, type: %s}\nrouting".formatted(type);
    var younger = queue(spec + "Keys: ['%s']".formatted(key));
    var older = older(queue("media", "other", spec + "Keys: [a]"));

    assertThat(conflict(younger, shared, older)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Direct,Direct,direct",
    "Fanout,Fanout,fanout",
    "Fanout,Topic,topic",
    "Topic,Direct,direct"
  })
  void ofAnExchangeThatIsNoTopicIsNotShared(String type, String theirs, String shown) {
    var younger = queue("exchange: {name: all, type: %s}".formatted(type));
    var older = older(queue("web", "page", "exchange: {name: all, type: %s}".formatted(theirs)));

    assertThat(conflict(younger, shared, older))
        .contains(
            "exchange 'all' is of type %s and belongs to the older TaskQueue 'web/page' of another namespace, and only Topic exchanges are shared between namespaces; set another spec.exchange.name"
                .formatted(shown));
  }

  @Test
  void ofHeadersIsNotShared() {
    var spec = "exchange: {name: all, type: Headers}\nbindings: [{arguments: {team: %s}}]";

    assertThat(
            conflict(
                queue(spec.formatted("media")),
                shared,
                older(queue("web", "page", spec.formatted("web")))))
        .isPresent();
  }

  @Test
  void ofADeadLetterExchangeIsNotShared() {
    var spec = "deadLetter: {exchange: dead}";

    assertThat(conflict(queue(spec), shared, older(queue("web", "page", spec))))
        .contains(
            "exchange 'dead' belongs to the older TaskQueue 'web/page' of another namespace; set another"
                + " spec.deadLetter.exchange");
    assertThat(conflict(queue(spec), shared, older(queue("media", "page", spec)))).isEmpty();
  }

  @Test
  void ofADeadLetterExchangeIsWithThoseWhoPublishTasksToIt() {
    var younger = queue("deadLetter: {exchange: events}");
    var older = older(queue("web", "page", "exchange: {name: events}"));

    assertThat(conflict(younger, shared, older))
        .contains(
            "exchange 'events' belongs to the older TaskQueue 'web/page' of another namespace; set another"
                + " spec.deadLetter.exchange");
  }

  @Test
  void keepsOthersFromReadingDeadLetters() {
    var younger = queue("exchange: {name: dead}\nroutingKeys: ['#']");
    var older = older(queue("web", "page", "deadLetter: {exchange: dead}"));

    assertThat(conflict(younger, shared, older))
        .contains(
            "exchange 'dead' takes the dead letters of the older TaskQueue 'web/page' of another namespace; set"
                + " another spec.exchange.name");
  }

  @Test
  void namesTheOldestOfSeveral() {
    var older = older(queue("web", "page", "routingKeys: [image-resize]"));
    var oldest = created(queue("mail", "send", "routingKeys: ['#']"), NOW.minusSeconds(9));

    assertThat(conflict(queue, shared, older, oldest).orElseThrow()).contains("'mail/send'");
  }

  @Test
  void givesWayToNobodyInAVhostOfItsOwn() {
    assertThat(conflict(queue, own, older(queue("web", "page", "routingKeys: ['#']")))).isEmpty();
  }

  private static TaskQueue older(TaskQueue queue) {
    return created(queue, NOW.minusSeconds(1));
  }

  private static Optional<String> conflict(
      TaskQueue queue, TaskBroker broker, TaskQueue... others) {
    var all = new ArrayList<>(List.of(others));
    all.add(queue);
    var found =
        Ownership.conflict(
            queue,
            Settings.of(queue, broker),
            broker,
            CachedQueues.of(all).neighbours(queue, broker));
    found.ifPresent(verdict -> assertThat(verdict.reason()).isEqualTo("Conflict"));
    return found.map(Verdict::message);
  }
}
