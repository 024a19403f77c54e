package dev.warren.local.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.crds.TaskQueue;
import dev.warren.local.operator.KillingProxy.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The operator is killed at each single write that it makes to the broker, until it has none left
/// to make. In the end there is what an operator makes that nobody kills and nothing else, one that
/// is started again writes nothing, and of what was published all the while each message is there
/// once.
class StepByStepIT {
  private static final Duration BETWEEN_MESSAGES = Duration.ofMillis(20);
  private static final int SOME_MESSAGES = 20;
  private static final String RETRY = "retry: {maxAttempts: 2, initialDelay: 1s, jitter: 0}, ";
  private static final String NEIGHBOUR = RETRY + "type: Classic, maxLength: 100000";

  /// The one step of a migration before which all messages go to the old queue, and after which
  /// they go to the next.
  private static final String SWITCH = "/e/warren.switch.orders.g2/q/orders/";

  private static final List<Tenant> TENANTS = new ArrayList<>();
  private static TestCluster cluster;
  private static DoomedOperator operator;

  /// A namespace for each test, with a vhost of its own.
  private Tenant tenant;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestCluster();
    operator = DoomedOperator.of(cluster);
  }

  @AfterAll
  static void stop() {
    cluster.close();
    operator.close();
    for (var it : TENANTS) {
      cluster.broker().call("DELETE", "/api/vhosts/" + it.namespace(), "");
    }
  }

  @BeforeEach
  void createTenant() {
    tenant = newTenant();
    settle(tenant, "neighbour", NEIGHBOUR);
  }

  @AfterEach
  void spare() throws IOException {
    operator.spare();
  }

  @ParameterizedTest
  @EnumSource
  void creationIsResumed(Moment moment) throws Exception {
    var spec = RETRY + "type: Quorum";
    var wanted = undisturbed(spec);
    try (var traffic = flowing("neighbour")) {

      var steps =
          operator.killAtEachStep(
              moment, () -> tenant.applyQueue("orders", spec), () -> assertEnd(wanted));

      var published = traffic.stop();
      assertThat(steps).hasSizeGreaterThan(1);
      assertThat(drain("neighbour")).containsExactlyElementsOf(published);
    }
  }

  @Test
  void changeOfKeysRetriesAndLimitsIsResumed() throws Exception {
    var spec =
        "retry: {maxAttempts: 3, initialDelay: 1s, jitter: 0}, type: Classic, routingKeys: [orders, new], maxLength: 90000, deadLetter: {retention: 2d}";
    var wanted = undisturbed(spec);
    settle(tenant, "orders", RETRY + "type: Classic, routingKeys: [orders, old, older.*]");
    try (var traffic = flowing("orders")) {

      var steps =
          operator.killAtEachStep(
              Moment.AFTER, () -> tenant.applyQueue("orders", spec), () -> assertEnd(wanted));

      var published = traffic.stop();
      assertThat(steps).hasSizeGreaterThan(4);
      assertThat(drain("orders")).containsExactlyElementsOf(published);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "type: Classic            | type: Quorum",
        "type: Classic, shards: 2 | type: Classic, shards: 1"
      })
  void migrationIsResumed(String from, String to) throws Exception {
    var wanted = undisturbed(RETRY + to);
    settle(tenant, "orders", RETRY + from);
    var old = Drain.ofAll(tenant, "orders");
    try (var tasks = flowing("orders");
        var failures = deadLettersFlowing()) {

      var steps =
          operator.killAtEachStep(
              Moment.AFTER,
              () -> tenant.applyQueue("orders", RETRY + to),
              () -> {
                assertThat(old.onceMigrated()).isTrue();
                assertEnd(wanted);
              });

      var published = tasks.stop();
      var failed = failures.stop();
      assertThat(steps).hasSizeGreaterThan(9);
      assertThat(old.tasks()).hasSizeGreaterThan(SOME_MESSAGES);
      old.takeRest();
      Traffic.assertEachOnce(old.tasks(), published);
      Traffic.assertEachOnce(old.deadLetters(), failed);
    }
  }

  @ParameterizedTest
  @EnumSource
  void migrationThatIsTakenBackAtTheSwitchIsResumed(Moment moment) throws Exception {
    var spec = RETRY + "type: Classic";
    settle(tenant, "orders", spec);
    var wanted = definitions(tenant);
    var next = new Drain(tenant, "orders", List.of("orders.g2"));
    try (var traffic = flowing("orders")) {
      operator.killUntil(
          moment,
          () -> tenant.applyQueue("orders", RETRY + "type: Classic, priorities: 3"),
          SWITCH);
      awaitMore(traffic);

      var steps =
          operator.goOn(
              moment,
              () -> tenant.applyQueue("orders", spec),
              () -> {
                assertThat(next.onceMigrated()).isTrue();
                assertEnd(wanted);
              });

      var published = traffic.stop();
      assertThat(steps).hasSizeGreaterThan(4);
      assertThat(next.tasks().isEmpty()).isEqualTo(moment == Moment.BEFORE);
      next.takeRest();
      Traffic.assertEachOnce(next.tasks(), published);
    }
  }

  @Test
  void deletionIsResumed() throws Exception {
    var wanted = definitions(tenant);
    settle(tenant, "orders", RETRY + "type: Classic, maxLength: 90000");
    var last = Drain.ofAll(tenant, "orders");
    var published = someMessages();
    try (var traffic = flowing("neighbour")) {

      var steps =
          operator.killAtEachStep(
              Moment.AFTER,
              () -> cluster.client().resource(tenant.queue("orders")).delete(),
              () -> {
                assertThat(last.onceWaitedFor()).isTrue();
                assertEnd(wanted);
              });

      var ofTheNeighbour = traffic.stop();
      assertThat(steps).hasSizeGreaterThan(4);
      Traffic.assertEachOnce(last.tasks(), published);
      assertThat(drain("neighbour")).containsExactlyElementsOf(ofTheNeighbour);
      assertThat(ui(tenant).hasUser("warren.publisher.%s.orders".formatted(tenant.namespace())))
          .isFalse();
    }
  }

  private void assertEnd(List<String> wanted) {
    assertThat(taskQueues()).allMatch(Settled::isSettled);
    assertThat(definitions(tenant)).isEqualTo(wanted);
  }

  private List<TaskQueue> taskQueues() {
    return cluster
        .client()
        .resources(TaskQueue.class)
        .inNamespace(tenant.namespace())
        .list()
        .getItems();
  }

  private static Tenant newTenant() {
    var created = cluster.createTenant("step-" + UUID.randomUUID(), cluster.namespace());
    TENANTS.add(created);
    return created;
  }

  private static void settle(Tenant in, String queue, String spec) {
    in.applyQueue(queue, spec);
    await().atMost(TestCluster.PATIENCE).until(() -> Settled.isSettled(in.queue(queue)));
  }

  /// What an operator that nobody kills makes of the neighbour and `orders`.
  private static List<String> undisturbed(String spec) {
    var like = newTenant();
    settle(like, "neighbour", NEIGHBOUR);
    settle(like, "orders", spec);
    return definitions(like);
  }

  private static List<String> definitions(Tenant of) {
    return ui(of).comparableDefinitions();
  }

  private static ManagementUi ui(Tenant of) {
    return new ManagementUi(cluster.broker(), of.namespace());
  }

  private List<Integer> drain(String queue) throws IOException, TimeoutException {
    return Traffic.drain(cluster.broker(), tenant.namespace(), queue);
  }

  /// Messages of a producer that knows nothing but the Secret; some are there already.
  private Traffic flowing(String queue) throws IOException, TimeoutException {
    var traffic = Traffic.start(tenant.publisher(queue), BETWEEN_MESSAGES);
    awaitMore(traffic);
    return traffic;
  }

  /// Messages for `orders`, before their producer has gone.
  private List<Integer> someMessages() throws Exception {
    try (var traffic = flowing("orders")) {
      return traffic.stop();
    }
  }

  /// What workers would give up.
  private Traffic deadLettersFlowing() throws IOException, TimeoutException {
    var vhost = tenant.namespace();
    var traffic =
        Traffic.start(cluster.broker(), vhost, "warren.dead-letter", "orders", BETWEEN_MESSAGES);
    awaitMore(traffic);
    return traffic;
  }

  private static void awaitMore(Traffic traffic) {
    var before = traffic.count();
    await().atMost(TestCluster.PATIENCE).until(() -> traffic.count() > before + SOME_MESSAGES);
  }
}
