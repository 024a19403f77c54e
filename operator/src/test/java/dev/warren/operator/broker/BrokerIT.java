package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.warren.model.testing.TestBroker;
import dev.warren.operator.broker.BrokerException.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerIT {
  private static final Duration NEVER = Duration.ofHours(1);
  private static final Exchange EXCHANGE = new Exchange("tasks", "topic");
  private static final String USER = "warren.publisher.media.broker-it";

  private final TestBroker rabbit = TestBroker.withNewVhost();
  private final Broker broker = open(address(rabbit), NEVER, change -> {});

  @AfterEach
  void close() {
    broker.deleteUser(USER);
    broker.close();
    rabbit.close();
  }

  @Test
  void knowsWhatItCanDo() {
    assertThat(broker.lastFeatures()).isEmpty();

    assertThat(broker.features().version().atLeast(3, 10)).isTrue();
  }

  @Test
  void readsThatAVhostDoesNotExist() {
    var snapshot = broker.snapshot("no such vhost");

    assertThat(snapshot.exists()).isFalse();
    assertThat(snapshot.users().passwordHashes()).containsKey(rabbit.username());
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "quorum"})
  void readsBackWhatItChanged(String type) {
    var changes = everything(type);

    broker.apply(rabbit.vhost(), changes);

    assertReadsBack(rabbit.vhost(), type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "quorum"})
  void takesEveryStepAgainWithoutHarm(String type) {
    broker.apply(rabbit.vhost(), everything(type));

    broker.apply(rabbit.vhost(), everything(type));

    assertReadsBack(rabbit.vhost(), type);
  }

  @Test
  void readsFiguresFromThePrometheusPlugin() {
    var metrics = URI.create(System.getenv("WARREN_TEST_RABBITMQ_METRICS_URL"));
    var queues = Set.of("orders", "a \"b\\");
    queues.forEach(this::fill);
    try (var reader = new MetricsReader(withMetrics(address(rabbit), metrics), Clock.systemUTC())) {
      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(
              () ->
                  assertThat(reader.figures(rabbit.vhost(), queues))
                      .contains(
                          Map.of(
                              "orders", holding(1),
                              "a \"b\\", holding(1))));
    }
  }

  /// Declares a queue with a message.
  private void fill(String queue) {
    var in = "/%s/%s".formatted(rabbit.vhost(), TestBroker.encode(queue));
    rabbit.call("PUT", "/api/queues" + in, "{\"durable\":true}");
    rabbit.call(
        "POST",
        "/api/exchanges/%s/amq.default/publish".formatted(rabbit.vhost()),
        "{\"properties\":{},\"routing_key\":\"%s\",\"payload\":\"\",\"payload_encoding\":\"string\"}"
            .formatted(queue.replace("\\", "\\\\").replace("\"", "\\\"")));
  }

  private static QueueFigures holding(long ready) {
    return new QueueFigures(OptionalLong.of(ready), OptionalLong.of(0), OptionalLong.of(ready));
  }

  private static BrokerAddress withMetrics(BrokerAddress address, URI metrics) {
    return new BrokerAddress(
        address.amqpHost(),
        address.amqpPort(),
        address.tls(),
        address.management(),
        Optional.of(metrics),
        address.username(),
        address.password(),
        address.trust());
  }

  @Test
  void worksInAVhostWhoseNameNeedsEncoding() {
    var vhost = rabbit.vhost() + "/%2F +?#ä";
    try {
      broker.apply(vhost, everything("classic"));

      assertReadsBack(vhost, "classic");
    } finally {
      rabbit.call("DELETE", "/api/vhosts/" + TestBroker.encode(vhost), "");
    }
  }

  @Test
  void tellsWhatWillNotStay() {
    rabbit.call(
        "PUT",
        "/api/queues/%s/passing".formatted(rabbit.vhost()),
        "{\"durable\":true,\"auto_delete\":true}");
    rabbit.call(
        "PUT",
        "/api/exchanges/%s/passing".formatted(rabbit.vhost()),
        "{\"type\":\"topic\",\"durable\":false}");

    var snapshot = read(rabbit.vhost());

    assertThat(Objects.requireNonNull(snapshot.queues().get("passing")).arguments())
        .containsEntry("declared", "auto-delete");
    assertThat(Objects.requireNonNull(snapshot.exchanges().get("passing")).type())
        .isEqualTo("topic transient");
  }

  @Test
  void takesBackWhatItMade() {
    broker.apply(rabbit.vhost(), everything("classic"));

    broker.apply(
        rabbit.vhost(),
        List.of(
            new BrokerChange.Unbind(binding("a.*")),
            new BrokerChange.DeletePolicy("warren.limits"),
            new BrokerChange.DeleteQueue("resize.dlq"),
            new BrokerChange.DeleteUser(USER)));

    var snapshot = read(rabbit.vhost());
    assertThat(snapshot.bindings().stream()).containsExactly(binding("a/b %23#"));
    assertThat(snapshot.policies().policies()).isEmpty();
    assertThat(snapshot.queues()).containsOnlyKeys("resize");
    assertThat(snapshot.users().passwordHashes()).doesNotContainKey(USER);
  }

  @Test
  void takesBackWhatIsGoneAlready() {
    broker.apply(
        rabbit.vhost(),
        List.of(
            new BrokerChange.Unbind(binding("a.*")),
            new BrokerChange.DeletePolicy("gone"),
            new BrokerChange.DeleteExchange("gone"),
            new BrokerChange.DeleteQueue("gone"),
            new BrokerChange.DeleteEmptyQueue(queue("gone", "classic")),
            new BrokerChange.DeleteEmptyQueue(queue("gone", "quorum")),
            new BrokerChange.DeleteUser("gone")));

    assertThat(read(rabbit.vhost()).queues()).isEmpty();
  }

  @Test
  void recognizesThePasswordThatItSet() {
    broker.apply(rabbit.vhost(), List.of(new BrokerChange.PutUser(USER, "first")));
    broker.apply(rabbit.vhost(), List.of(new BrokerChange.PutUser(USER, "second")));

    var hash = read(rabbit.vhost()).users().passwordHashes().getOrDefault(USER, "");
    assertThat(PasswordHash.matches(hash, "second")).isTrue();
    assertThat(PasswordHash.matches(hash, "first")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "quorum"})
  void countsMessages(String type) {
    broker.apply(rabbit.vhost(), everything(type));
    publish("tasks", "a.1");
    publish("tasks", "a.2");

    await()
        .untilAsserted(
            () ->
                assertThat(read(rabbit.vhost()).figuresOf("resize"))
                    .isEqualTo(
                        new QueueFigures(
                            OptionalLong.of(2), OptionalLong.of(0), OptionalLong.of(2))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "quorum"})
  void deletesAnEmptyQueue(String type) {
    broker.apply(rabbit.vhost(), everything(type));

    broker.apply(rabbit.vhost(), List.of(new BrokerChange.DeleteEmptyQueue(queue("resize", type))));

    assertThat(broker.snapshot(rabbit.vhost()).queues()).doesNotContainKey("resize");
    assertThat(read(rabbit.vhost()).queues()).doesNotContainKey("resize");
  }

  @ParameterizedTest
  @ValueSource(strings = {"classic", "quorum"})
  void doesNotDeleteAQueueInWhichAMessageWaits(String type) {
    broker.apply(rabbit.vhost(), everything(type));
    publish("tasks", "a.1");

    broker.apply(rabbit.vhost(), List.of(new BrokerChange.DeleteEmptyQueue(queue("resize", type))));

    assertThat(broker.snapshot(rabbit.vhost()).queues()).containsKey("resize");
    assertThat(fetch("resize")).contains("payload of a.1");
  }

  /// Nobody may fetch from it but its consumer.
  @Test
  void deletesAnEmptyQuorumQueueWithASingleActiveConsumer() {
    var queue = declareSingleActiveConsumer();

    broker.apply(rabbit.vhost(), List.of(new BrokerChange.DeleteEmptyQueue(queue)));

    assertThat(read(rabbit.vhost()).queues()).doesNotContainKey("strict");
  }

  @Test
  void doesNotDeleteAQuorumQueueWithASingleActiveConsumerThatHoldsAMessage() {
    var queue = declareSingleActiveConsumer();
    publish("amq.default", "strict");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> read(rabbit.vhost()).figuresOf("strict").total().equals(OptionalLong.of(1)));

    broker.apply(rabbit.vhost(), List.of(new BrokerChange.DeleteEmptyQueue(queue)));

    assertThat(read(rabbit.vhost()).queues()).containsKey("strict");
  }

  private Queue declareSingleActiveConsumer() {
    var queue =
        new Queue("strict", Map.of("x-queue-type", "quorum", "x-single-active-consumer", true));
    broker.apply(rabbit.vhost(), List.of(new BrokerChange.DeclareQueue(queue)));
    return queue;
  }

  /// They can be neither fetched nor seen as ready or unacknowledged.
  @Test
  void doesNotDeleteAQueueWhoseMessagesNobodyTookYet() {
    var arguments =
        Map.<String, Object>of(
            "x-queue-type", "quorum",
            "x-message-ttl", 1L,
            "x-dead-letter-exchange", "nowhere",
            "x-dead-letter-strategy", "at-least-once",
            "x-overflow", "reject-publish");
    var lane = new Queue("lane", arguments);
    broker.apply(rabbit.vhost(), List.of(new BrokerChange.DeclareQueue(lane)));
    publish("amq.default", "lane");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> read(rabbit.vhost()).figuresOf("lane").total().equals(OptionalLong.of(1)));

    broker.apply(rabbit.vhost(), List.of(new BrokerChange.DeleteEmptyQueue(lane)));

    assertThat(read(rabbit.vhost()).queues()).containsKey("lane");
  }

  @Test
  void tellsWhatSomebodyElseChanged() {
    var told = new ConcurrentLinkedQueue<VhostChange>();
    try (var watching = open(address(rabbit), Duration.ofMillis(100), told::add)) {
      watching.snapshot(rabbit.vhost());

      rabbit.call(
          "PUT",
          "/api/queues/" + rabbit.vhost() + "/foreign",
          "{\"durable\":true,\"arguments\":{}}");

      await()
          .untilAsserted(
              () ->
                  assertThat(told)
                      .anyMatch(
                          change ->
                              change.broker().equals("default")
                                  && change.affected().includes("foreign")));
      assertThat(watching.snapshot(rabbit.vhost()).queues()).containsKey("foreign");
    }
  }

  @Test
  void repeatsWhatTheBrokerRefuses() {
    var failure = failure(() -> broker.apply(rabbit.vhost(), List.of(negativeLength("resize"))));

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure)
        .hasMessageStartingWith("PUT /api/queues/" + rabbit.vhost() + "/resize: HTTP 400, ")
        .hasMessageContaining("x-max-length");
  }

  /// An import skips what is there; only reading it tells.
  @Test
  void leavesAQueueThatIsThereWithOtherArguments() {
    broker.apply(rabbit.vhost(), everything("classic"));

    broker.apply(rabbit.vhost(), everything("quorum"));

    assertReadsBack(rabbit.vhost(), "classic");
  }

  @Test
  void failsOnlyTheCallersWhoseChangesAreRefused() throws InterruptedException {
    var failures = new ConcurrentHashMap<Integer, BrokerException>();
    var callers =
        IntStream.range(0, 40)
            .mapToObj(i -> Thread.startVirtualThread(() -> declare(i, failures)))
            .toList();

    for (var caller : callers) {
      caller.join();
    }

    assertThat(failures).hasSize(4);
    assertThat(failures.values()).allMatch(failure -> failure.kind() == Kind.REFUSED);
    assertThat(read(rabbit.vhost()).queues()).hasSize(36);
  }

  /// Every tenth is wrong.
  private void declare(int number, Map<Integer, BrokerException> failures) {
    var name = "queue-" + number;
    var change =
        number % 10 == 0
            ? negativeLength(name)
            : new BrokerChange.DeclareQueue(queue(name, "classic"));
    try {
      broker.apply(rabbit.vhost(), List.of(change));
    } catch (BrokerException e) {
      failures.put(number, e);
    }
  }

  private static BrokerChange negativeLength(String name) {
    return new BrokerChange.DeclareQueue(
        new Queue(name, Map.of("x-queue-type", "classic", "x-max-length", -1L)));
  }

  @Test
  void readsBackBindingsWithArgumentsAndThoseOfExchanges() {
    var match = Map.<String, Object>of("x-match", "all", "size", 5L, "urgent", true, "kind", "x");
    var byHeaders = new Binding("parts", Binding.Kind.QUEUE, "resize", "", match);
    var without = new Binding("parts", "resize", "");
    var toExchange = new Binding("tasks", Binding.Kind.EXCHANGE, "parts", "a.#", Map.of());
    var changes = new ArrayList<>(everything("classic"));
    changes.add(
        new BrokerChange.DeclareExchange(
            new Exchange("parts", "headers", Map.of("alternate-exchange", "tasks"))));
    List.of(byHeaders, without, toExchange)
        .forEach(binding -> changes.add(new BrokerChange.Bind(binding)));

    broker.apply(rabbit.vhost(), changes);

    var snapshot = read(rabbit.vhost());
    assertThat(snapshot.exchanges())
        .containsEntry(
            "parts", new Exchange("parts", "headers", Map.of("alternate-exchange", "tasks")))
        .containsEntry("amq.topic", new Exchange("amq.topic", "topic"));
    assertThat(snapshot.bindings().ofQueue("resize")).contains(byHeaders, without);
    assertThat(snapshot.bindings().leadingTo(Binding.Kind.EXCHANGE, "parts"))
        .containsExactly(toExchange);
  }

  @Test
  void removesTheBindingWithTheseArgumentsAndNoOther() {
    var one = new Binding("amq.headers", Binding.Kind.QUEUE, "resize", "", Map.of("n", 1L));
    var two = new Binding("amq.headers", Binding.Kind.QUEUE, "resize", "", Map.of("n", 2L));
    var toExchange = new Binding("amq.topic", Binding.Kind.EXCHANGE, "tasks", "a", Map.of());
    broker.apply(rabbit.vhost(), everything("classic"));
    broker.apply(
        rabbit.vhost(),
        Stream.of(one, two, toExchange).<BrokerChange>map(BrokerChange.Bind::new).toList());

    broker.apply(
        rabbit.vhost(), List.of(new BrokerChange.Unbind(one), new BrokerChange.Unbind(toExchange)));

    var bindings = read(rabbit.vhost()).bindings();
    assertThat(bindings.ofQueue("resize")).contains(two).doesNotContain(one);
    assertThat(bindings.leadingTo(Binding.Kind.EXCHANGE, "tasks")).isEmpty();
  }

  @Test
  void readsBackWhatLimitsTheVhost() {
    var ceiling = new Policy("ceiling", ".*", "queues", 1, Map.of("max-length", 7L));
    broker.apply(
        rabbit.vhost(),
        List.of(
            new BrokerChange.PutOperatorPolicy(ceiling),
            new BrokerChange.PutVhostLimit("max-connections", 9)));
    var limited = read(rabbit.vhost()).policies();

    broker.apply(rabbit.vhost(), List.of(new BrokerChange.DeleteOperatorPolicy("ceiling")));

    assertThat(limited.operatorPolicies()).containsEntry("ceiling", ceiling);
    assertThat(limited.limits()).containsExactly(Map.entry("max-connections", 9L));
    assertThat(read(rabbit.vhost()).policies().operatorPolicies()).isEmpty();
  }

  @Test
  void readsBackThePermissionsOfTopics() {
    var granted = new Permissions("", "^tasks$", "", Map.of("tasks", "^a$"));

    broker.apply(
        rabbit.vhost(),
        List.of(
            new BrokerChange.PutUser(USER, "password"),
            new BrokerChange.PutPermissions(USER, granted)));

    assertThat(read(rabbit.vhost()).users().permissions()).containsEntry(USER, granted);
  }

  @Test
  void tellsNothingOfWhatItMadeItself() {
    var told = new ConcurrentLinkedQueue<VhostChange>();
    try (var watching = open(address(rabbit), Duration.ofMillis(50), told::add)) {
      watching.snapshot(rabbit.vhost());
      watching.apply(rabbit.vhost(), everything("classic"));
      var mark = "foreign";

      rabbit.call("PUT", "/api/queues/" + rabbit.vhost() + "/" + mark, "{\"durable\":true}");

      await().until(() -> told.stream().anyMatch(change -> change.affected().includes(mark)));
      assertThat(told).noneMatch(change -> change.affected() instanceof Affected.All);
    }
  }

  @Test
  void tellsThatSomebodyChangedAUsersPermissions() {
    var told = new ConcurrentLinkedQueue<VhostChange>();
    try (var watching = open(address(rabbit), Duration.ofMillis(50), told::add)) {
      watching.snapshot(rabbit.vhost());
      watching.apply(rabbit.vhost(), everything("classic"));

      rabbit.call(
          "PUT",
          "/api/permissions/%s/%s".formatted(rabbit.vhost(), USER),
          "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");

      await()
          .untilAsserted(
              () ->
                  assertThat(told)
                      .contains(new VhostChange("default", rabbit.vhost(), new Affected.All())));
    }
  }

  @Test
  void saysThatItsUserLacksPermissionsInTheVhost() {
    broker.apply(rabbit.vhost(), everything("classic"));
    rabbit.call(
        "DELETE", "/api/permissions/%s/%s".formatted(rabbit.vhost(), rabbit.username()), "");
    var delete = new BrokerChange.DeleteQueue("resize");

    var failure = failure(() -> broker.apply(rabbit.vhost(), List.of(delete)));

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORIZED);
    assertThat(failure)
        .hasMessageContaining("lacks permissions in the vhost")
        .hasMessageNotContaining("password");
  }

  @Test
  void keepsTheStepsBeforeTheOneThatFails() {
    var wrong = new BrokerChange.PutPolicy(new Policy("wrong", ".*", 0, Map.of("max-length", -1L)));

    var failure =
        failure(
            () ->
                broker.apply(
                    rabbit.vhost(),
                    List.of(
                        new BrokerChange.DeclareExchange(EXCHANGE),
                        wrong,
                        new BrokerChange.DeclareQueue(queue("resize", "classic")))));

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(broker.snapshot(rabbit.vhost()).exchanges()).containsKey("tasks");
    assertThat(read(rabbit.vhost()).exchanges()).containsKey("tasks");
    assertThat(read(rabbit.vhost()).queues()).isEmpty();
  }

  @Test
  void saysThatThePasswordIsWrong() {
    var right = address(rabbit);
    var wrong =
        new BrokerAddress(
            right.amqpHost(),
            right.amqpPort(),
            false,
            right.management(),
            right.metrics(),
            right.username(),
            "s3cret",
            Trust.OF_JVM);

    try (var refused = open(wrong, NEVER, change -> {})) {
      assertThat(failure(refused::features).kind()).isEqualTo(Kind.UNAUTHORIZED);
      assertThat(failure(() -> refused.snapshot("media")))
          .hasMessage(
              "the management API at %s refuses the user of the TaskBroker's Secret (HTTP 401); correct user and"
                      .formatted(right.management())
                  + " password there, and give the user the tag administrator");
    }
  }

  @Test
  void saysTheSameEachTimeWhileNothingListens() throws IOException {
    var nowhere = URI.create("http://127.0.0.1:" + freePort());
    var address =
        new BrokerAddress(
            "127.0.0.1", 1, false, nowhere, Optional.empty(), "user", "s3cret", Trust.OF_JVM);

    try (var away = open(address, NEVER, change -> {})) {
      var first = failure(away::features);
      var second = failure(away::features);

      assertThat(first.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(first)
          .hasMessage(
              "the management API at %s does not answer (no connection); check that the broker runs and that the"
                      .formatted(nowhere)
                  + " address is right");
      assertThat(second).hasMessage(first.getMessage());
    }
  }

  private static List<BrokerChange> everything(String type) {
    return List.of(
        new BrokerChange.CreateVhost(),
        new BrokerChange.DeclareExchange(EXCHANGE),
        new BrokerChange.PutPolicy(policy()),
        new BrokerChange.DeclareQueue(queue("resize.dlq", type)),
        new BrokerChange.DeclareQueue(queue("resize", type)),
        new BrokerChange.Bind(binding("a.*")),
        new BrokerChange.Bind(binding("a/b %23#")),
        new BrokerChange.PutUser(USER, "password"),
        new BrokerChange.PutPermissions(USER, permissions()));
  }

  private void assertReadsBack(String vhost, String type) {
    var snapshot = read(vhost);
    assertThat(snapshot.exists()).isTrue();
    assertThat(snapshot.exchanges()).containsEntry("tasks", EXCHANGE);
    assertThat(snapshot.queues())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("resize", queue("resize", type), "resize.dlq", queue("resize.dlq", type)));
    assertThat(snapshot.bindings().stream())
        .containsExactlyInAnyOrder(binding("a.*"), binding("a/b %23#"));
    assertThat(snapshot.policies().policies())
        .containsExactly(Map.entry("warren.limits", policy()));
    assertThat(snapshot.users().permissions()).containsEntry(USER, permissions());
  }

  private static Queue queue(String name, String type) {
    return new Queue(name, Map.of("x-queue-type", type, "x-dead-letter-exchange", "dead"));
  }

  private static Binding binding(String key) {
    return new Binding("tasks", "resize", key);
  }

  private static Policy policy() {
    return new Policy(
        "warren.limits",
        "^(resize\\.dlq|image\\.resize)$",
        10,
        Map.of("max-length", 10L, "overflow", "drop-head"));
  }

  private static Permissions permissions() {
    return new Permissions("", "^tasks$", "");
  }

  private void publish(String exchange, String key) {
    rabbit.call(
        "POST",
        "/api/exchanges/%s/%s/publish".formatted(rabbit.vhost(), exchange),
        "{\"properties\":{},\"routing_key\":\"%s\",\"payload\":\"payload of %s\",\"payload_encoding\":\"string\"}"
            .formatted(key, key));
  }

  private String fetch(String queue) {
    return rabbit.call(
        "POST",
        "/api/queues/%s/%s/get".formatted(rabbit.vhost(), queue),
        "{\"count\":1,\"ackmode\":\"ack_requeue_false\",\"encoding\":\"auto\"}");
  }

  /// A reading that knows of no change but what it finds.
  private VhostSnapshot read(String vhost) {
    try (var fresh = open(address(rabbit), NEVER, change -> {})) {
      return fresh.snapshot(vhost);
    }
  }

  private static BrokerException failure(Runnable call) {
    return catchThrowableOfType(BrokerException.class, call::run);
  }

  private static Broker open(
      BrokerAddress address, Duration interval, Consumer<VhostChange> listener) {
    return new Broker(
        "default", address, interval, Clock.systemUTC(), new SimpleMeterRegistry(), listener);
  }

  private static BrokerAddress address(TestBroker rabbit) {
    return BrokerAddress.parse(
        Map.of("uri", rabbit.uri().toString(), "managementUri", rabbit.managementUri().toString()));
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
