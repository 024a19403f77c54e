package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.warren.model.testing.TestBroker;
import dev.warren.operator.broker.BrokerException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
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
  void knowsItsVersion() {
    assertThat(broker.version().atLeast(3, 10)).isTrue();
  }

  @Test
  void readsThatAVhostDoesNotExist() {
    var snapshot = broker.snapshot("no such vhost");

    assertThat(snapshot.exists()).isFalse();
    assertThat(snapshot.passwordHashes()).containsKey(rabbit.username());
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
    assertThat(snapshot.bindings()).containsExactly(binding("a/b %23#"));
    assertThat(snapshot.policies()).isEmpty();
    assertThat(snapshot.queues()).containsOnlyKeys("resize");
    assertThat(snapshot.passwordHashes()).doesNotContainKey(USER);
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

    var hash = read(rabbit.vhost()).passwordHashes().getOrDefault(USER, "");
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
    broker.apply(rabbit.vhost(), everything("classic"));

    var failure = failure(() -> broker.apply(rabbit.vhost(), everything("quorum")));

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure)
        .hasMessageStartingWith("PUT /api/queues/" + rabbit.vhost() + "/resize.dlq: HTTP 400, ")
        .hasMessageContaining("x-queue-type");
  }

  @Test
  void keepsTheStepsBeforeTheOneThatFails() {
    var bindToNothing = new BrokerChange.Bind(new Binding("tasks", "missing", ""));

    var failure =
        failure(
            () ->
                broker.apply(
                    rabbit.vhost(),
                    List.of(new BrokerChange.DeclareExchange(EXCHANGE), bindToNothing)));

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(broker.snapshot(rabbit.vhost()).exchanges()).containsKey("tasks");
    assertThat(broker.snapshot(rabbit.vhost()).bindings()).isEmpty();
  }

  @Test
  void saysThatThePasswordIsWrong() {
    var right = address(rabbit);
    var wrong =
        new BrokerAddress(
            right.amqpHost(), right.amqpPort(), right.management(), right.username(), "s3cret");

    try (var refused = open(wrong, NEVER, change -> {})) {
      assertThat(failure(refused::version).kind()).isEqualTo(Kind.UNAUTHORIZED);
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
    var address = new BrokerAddress("127.0.0.1", 1, nowhere, "user", "s3cret");

    try (var away = open(address, NEVER, change -> {})) {
      var first = failure(away::version);
      var second = failure(away::version);

      assertThat(first.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(first)
          .hasMessage(
              "the management API at %s does not answer (ConnectException); check that the broker runs and that the"
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
    assertThat(snapshot.bindings()).containsExactlyInAnyOrder(binding("a.*"), binding("a/b %23#"));
    assertThat(snapshot.policies()).containsExactly(Map.entry("warren.limits", policy()));
    assertThat(snapshot.permissions()).containsEntry(USER, permissions());
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
    return new Broker("default", address, interval, Clock.systemUTC(), listener);
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
