package dev.warren.local.operator;

import static dev.warren.local.operator.BoundClient.ACCEPTED;
import static dev.warren.local.operator.BoundClient.REFUSED;
import static dev.warren.local.operator.BoundClient.UNROUTED;
import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.BuiltinExchangeType;
import dev.warren.model.testing.TestBroker;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One tenant, alice, attacks another, bob, in a vhost that they share: with the credentials that
/// she was given, and with TaskQueues.
///
/// The vhost's name has a slash and a percent sign in it.
class TenancyIT {
  private static final String WORKER =
      "handler: {java: {className: com.acme.Handler}}, replicas: 0";

  /// Further keys to route by, which a permission for the routing key knows nothing of.
  private static final Map<String, Object> COPIES =
      Map.of("CC", List.of("beta"), "BCC", List.of("beta"));

  private static TestCluster cluster;
  private static ManagementUi ui;
  private static Tenant alice;
  private static Tenant bob;
  private static BoundClient administrator;

  private BoundClient producer;
  private BoundClient worker;

  @BeforeAll
  static void start() throws Exception {
    cluster = new TestCluster();
    ui = new ManagementUi(cluster.broker(), cluster.namespace() + "/50%2F");
    var broker = cluster.namespace() + "-shared";
    cluster.applyBroker(
        broker,
        "secretRef: {name: %1$s, namespace: %1$s}, vhostPolicy: {type: Fixed, vhost: \"%2$s\"}"
            .formatted(cluster.namespace(), ui.vhost()));
    alice = cluster.createTenant(cluster.namespace() + "-alice", broker);
    bob = cluster.createTenant(cluster.namespace() + "-bob", broker);
    settle(bob, "beta", "exchange: {name: tasks}, deadLetter: {exchange: beta-letters}");
    settle(bob, "fans", "exchange: {name: fans, type: Fanout}");
    settle(alice, "alpha", "exchange: {name: alpha-tasks}");
    administrator = BoundClient.connect(cluster.broker(), ui.vhost());
  }

  @AfterAll
  static void stop() throws IOException {
    administrator.close();
    cluster.close();
    cluster.broker().call("DELETE", "/api/vhosts/" + TestBroker.encode(ui.vhost()), "");
  }

  @BeforeEach
  void connect() throws Exception {
    producer = BoundClient.connect(alice.publisher("alpha"));
    worker = BoundClient.connect(alice.consumer("alpha"));
  }

  @AfterEach
  void disconnect() throws IOException {
    producer.close();
    worker.close();
  }

  @Test
  void ownQueueIsWithinReach() {
    var answers =
        List.of(
            producer.publish("alpha-tasks", "alpha"),
            worker.answerTo(channel -> channel.basicGet("alpha", true)),
            worker.publish(lane(alice), "alpha"),
            worker.publish(letters(alice), "alpha"));

    assertThat(answers).containsOnly(ACCEPTED);
  }

  @Test
  void nothingIsPublishedToAQueueOfAnother() {
    var before = arrived();

    var answers =
        both(
            client ->
                Stream.of(
                        "", "tasks", "fans", "beta-letters", lane(bob), returns(bob), letters(bob))
                    .map(exchange -> client.publish(exchange, "beta")));

    assertThat(answers).containsOnly(REFUSED);
    assertThat(arrived()).isEqualTo(before);
  }

  @Test
  void carbonCopiesLeadToNoQueueOfAnother() {
    var before = arrived();

    producer.publish("alpha-tasks", "alpha", COPIES);
    worker.publish(lane(alice), "alpha", COPIES);
    worker.publish(letters(alice), "alpha", COPIES);

    awaitEmptyLanes();
    assertThat(arrived()).isEqualTo(before);
  }

  @Test
  void exchangeIsSharedOnlyWhereTheBrokerLooksAtCarbonCopiesToo() throws Exception {
    alice.applyQueue("gamma", "type: Classic, exchange: {name: tasks}");

    var condition = alice.awaitQueue("gamma", reason("Conflict").or(reason("Reconciled")));

    if (condition.getReason().equals("Conflict")) {
      assertThat(ui.version()).startsWith("3.");
      assertThat(condition.getMessage())
          .contains("exchange 'tasks'", shown(bob, "beta"), "RabbitMQ 4.0", "spec.exchange.name");
    } else {
      var before = arrived();
      try (var gamma = BoundClient.connect(alice.publisher("gamma"))) {
        assertThat(gamma.publish("tasks", "gamma")).isEqualTo(ACCEPTED);
        assertThat(gamma.publish("tasks", "beta")).isEqualTo(REFUSED);
        assertThat(gamma.publish("tasks", "gamma", COPIES)).isEqualTo(REFUSED);
      }
      assertThat(arrived()).isEqualTo(before);
    }
  }

  @Test
  void retriesWithTheKeyOfAnotherLeadNowhere() {
    var before = arrived();

    var answer = worker.publish(lane(alice), "beta");

    assertThat(answer).isEqualTo(ACCEPTED);
    awaitEmptyLanes();
    assertThat(arrived()).isEqualTo(before);
  }

  @Test
  void deadLettersWithTheKeyOfAnotherLeadNowhere() {
    assertThat(worker.publish(letters(alice), "beta")).isEqualTo(UNROUTED);
  }

  @Test
  void queueOfAnotherIsNeitherReadNorBoundNorDeleted() {
    var answers =
        both(
            client ->
                Stream.<BoundClient.Action>of(
                        channel -> channel.basicGet("beta", true),
                        channel -> channel.basicGet("beta.dlq", true),
                        channel -> channel.basicGet(lane(bob), true),
                        channel -> channel.queuePurge("beta"),
                        channel -> channel.queueBind("beta", "tasks", "alpha"),
                        channel -> channel.queueUnbind("beta", "tasks", "beta"),
                        channel -> channel.queueBind("alpha", "tasks", "beta"),
                        channel -> channel.queueDelete("beta"),
                        channel -> channel.exchangeDelete("tasks"),
                        channel -> channel.exchangeBind("tasks", lane(alice), "beta"))
                    .map(client::answerTo));

    assertThat(answers).containsOnly(REFUSED);
    assertThat(ui.isBound("tasks", "beta", "beta")).isTrue();
  }

  @Test
  void nothingIsDeclared() {
    var answers =
        both(
            client ->
                Stream.<BoundClient.Action>of(
                        channel -> channel.queueDeclare(),
                        channel -> channel.queueDeclare("own", true, false, false, Map.of()),
                        channel ->
                            channel.queueDeclare(
                                "own",
                                false,
                                true,
                                true,
                                Map.of("x-dead-letter-exchange", returns(bob))),
                        channel -> channel.exchangeDeclare("own", BuiltinExchangeType.FANOUT),
                        channel ->
                            channel.exchangeDeclare(
                                "own",
                                BuiltinExchangeType.FANOUT,
                                true,
                                false,
                                Map.of("alternate-exchange", "beta-letters")))
                    .map(client::answerTo));

    assertThat(answers).containsOnly(REFUSED);
  }

  @Test
  void otherVhostsAreClosed() {
    for (var vhost : List.of("/", cluster.namespace(), cluster.namespace() + "/50/")) {
      assertThatThrownBy(() -> BoundClient.connect(alice.publisher("alpha"), vhost))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void managementIsClosed() {
    for (var binding : List.of(alice.publisher("alpha"), alice.consumer("alpha"))) {
      assertThat(ui.statusFor(binding)).isEqualTo(401);
    }
  }

  @Test
  void queueNameOfAnotherIsRefused() {
    assertThat(conflict("thief", "queueName: beta"))
        .contains("queue 'beta'", shown(bob, "beta"), "spec.queueName");
  }

  @ParameterizedTest
  @ValueSource(strings = {"beta", "*", "#", "#.beta", "*.#"})
  void routingKeyThatLeadsToTheTasksOfAnotherIsRefused(String key) {
    assertThat(conflict("listener", "routingKeys: [mine, \"%s\"]".formatted(key)))
        .contains("'%s'".formatted(key), shown(bob, "beta"), "spec.routingKeys");
  }

  @Test
  void exchangeOfAnotherThatCannotBeSharedIsRefused() {
    assertThat(conflict("fan", "exchange: {name: fans, type: Fanout}"))
        .contains("exchange 'fans'", shown(bob, "fans"), "spec.exchange.name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"beta-letters", "fans"})
  void deadLetterExchangeThatBelongsToAnotherIsRefused(String exchange) {
    assertThat(conflict("grave", "deadLetter: {exchange: %s}".formatted(exchange)))
        .contains("exchange '%s'".formatted(exchange), "spec.deadLetter.exchange");
  }

  @Test
  void exchangeThatTakesDeadLettersOfAnotherIsRefused() {
    assertThat(
            conflict("robber", "exchange: {name: beta-letters, type: Direct}, routingKeys: [beta]"))
        .contains("exchange 'beta-letters'", shown(bob, "beta"), "spec.exchange.name");
  }

  @ParameterizedTest
  @MethodSource("namesWithAMeaning")
  void nameThatMeansSomethingElseInAPatternOrAPathIsRefused(String name) {
    for (var spec :
        List.of(
            "queueName: \"%s\"", "exchange: {name: \"%s\"}", "deadLetter: {exchange: \"%s\"}")) {
      assertThatThrownBy(() -> alice.applyQueue("named", spec.formatted(name)))
          .isInstanceOf(KubernetesClientException.class)
          .hasMessageContaining(name.replace("\\", ""));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".", ".."})
  void nameThatIsAStepInAPathIsRefused(String name) {
    assertThat(answerTo("step-" + name.length(), "queueName: \"%s\"".formatted(name)))
        .contains("spec.queueName");
  }

  static Stream<String> namesWithAMeaning() {
    return Stream.of(
        "alpha|beta",
        ".*",
        "be[t]a",
        "beta$",
        "(beta)",
        "be/ta",
        "be%2Fta",
        "beta ",
        "warren.return@bob");
  }

  private static void settle(Tenant tenant, String name, String spec) {
    tenant.applyQueue(
        name,
        "type: Classic, retry: {maxAttempts: 2, initialDelay: 1s}"
            + (spec.isEmpty() ? "" : ", " + spec));
    tenant.awaitQueue(name, reason("Reconciled"));
    tenant.applyWorker(name, "queue: %s, %s".formatted(name, WORKER));
    tenant.awaitWorker(name, reason("ScaledToZero"));
  }

  /// What a TaskQueue of alice's that must not be is told.
  private static String conflict(String name, String spec) {
    alice.applyQueue(name, spec);
    var condition = alice.awaitQueue(name, reason("Conflict"));
    cluster.client().resource(alice.queue(name)).delete();
    await().atMost(TestCluster.PATIENCE).until(() -> !alice.hasQueue(name));
    return condition.getMessage();
  }

  /// At once, or by the condition.
  private static String answerTo(String name, String spec) {
    try {
      alice.applyQueue(name, spec);
    } catch (KubernetesClientException e) {
      return String.valueOf(e.getMessage());
    }
    return alice.awaitQueue(name, reason("InvalidSpec")).getMessage();
  }

  private Set<Integer> both(Function<BoundClient, Stream<Integer>> attack) {
    var answers = new HashSet<Integer>();
    Stream.of(producer, worker).flatMap(attack).forEach(answers::add);
    return answers;
  }

  /// What is in bob's queues.
  private static Map<String, Long> arrived() {
    return Map.of(
        "beta", administrator.count("beta"),
        "beta.dlq", administrator.count("beta.dlq"),
        "fans", administrator.count("fans"),
        "fans.dlq", administrator.count("fans.dlq"));
  }

  private static void awaitEmptyLanes() {
    await().atMost(TestCluster.PATIENCE).until(() -> administrator.count(lane(alice)) == 0);
  }

  private static String lane(Tenant tenant) {
    return "warren.delay.1000.0@" + tenant.namespace();
  }

  private static String returns(Tenant tenant) {
    return "warren.return@" + tenant.namespace();
  }

  private static String letters(Tenant tenant) {
    return "warren.dead-letter@" + tenant.namespace();
  }

  private static String shown(Tenant tenant, String queue) {
    return "'%s/%s'".formatted(tenant.namespace(), queue);
  }
}
