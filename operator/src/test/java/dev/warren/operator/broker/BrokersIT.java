package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.warren.model.testing.TestBroker;
import dev.warren.operator.broker.BrokerException.Kind;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BrokersIT {
  private static final Duration SOON = Duration.ofMillis(200);
  private static final String ADMINISTRATOR = "warren.brokers-it";

  private final TestBroker rabbit = TestBroker.withNewVhost();
  private final TcpProxy proxy = new TcpProxy(rabbit.managementUri());
  private final Brokers brokers = new Brokers(SOON, Clock.systemUTC(), new SimpleMeterRegistry());
  private final ConcurrentLinkedQueue<VhostChange> told = new ConcurrentLinkedQueue<>();

  BrokersIT() {
    brokers.onChange(told::add);
  }

  @AfterEach
  void close() {
    brokers.close();
    proxy.close();
    rabbit.close();
  }

  @Test
  void keepsABrokerWhoseAddressIsTheSame() {
    var opened = brokers.open("default", direct());

    assertThat(brokers.open("default", direct())).isSameAs(opened);
  }

  @Test
  void keepsWhatIsKnownWhenOnlyThePasswordIsAnother() {
    var opened = brokers.open("default", direct());
    opened.snapshot(rabbit.vhost());
    told.clear();

    var again = brokers.open("default", address(rabbit.managementUri(), "admin", "other"));

    assertThat(again).isSameAs(opened);
    assertThat(told).containsExactly(new VhostChange("default", "", new Affected.All()));
  }

  @Test
  void usesARotatedPassword() {
    putAdministrator("first");
    try {
      var broker = brokers.open("default", administrator("first"));
      broker.snapshot(rabbit.vhost());
      putAdministrator("second");
      await().until(() -> kind(() -> broker.snapshot(rabbit.vhost())) == Kind.UNAUTHORIZED);

      brokers.open("default", administrator("second"));

      assertThat(broker.features().exchangeTypes()).contains("topic");
      await()
          .untilAsserted(
              () ->
                  assertThatCode(() -> broker.snapshot(rabbit.vhost())).doesNotThrowAnyException());
    } finally {
      rabbit.call("DELETE", "/api/users/" + ADMINISTRATOR, "");
    }
  }

  @Test
  @Timeout(60)
  void keepsTheTroubleOfABrokerThatHangsFromOthers() {
    var sound = brokers.open("sound", direct());
    var hanging = brokers.open("hanging", through(proxy));
    sound.snapshot(rabbit.vhost());
    hanging.snapshot(rabbit.vhost());
    proxy.hang();
    var callers =
        IntStream.range(0, 20)
            .mapToObj(i -> Thread.startVirtualThread(() -> kind(hanging::features)))
            .toList();

    var slowest = Duration.ZERO;
    while (callers.stream().anyMatch(Thread::isAlive)) {
      var took = took(() -> sound.apply(rabbit.vhost(), List.of(declare("resize"))));
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
    }

    assertThat(slowest).isLessThan(Duration.ofSeconds(5));
    // One of them may be let through as a probe.
    assertThat(IntStream.range(0, 10).filter(call -> failsAtOnce(hanging)).count())
        .isGreaterThanOrEqualTo(9);
    assertThat(kind(() -> hanging.apply(rabbit.vhost(), List.of(declare("a")))))
        .isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  @Timeout(60)
  void answersAgainWhenABrokerHasComeBack() {
    var broker = brokers.open("default", through(proxy));
    broker.snapshot(rabbit.vhost());
    proxy.refuse();
    await().until(() -> kind(() -> broker.snapshot(rabbit.vhost())) == Kind.UNREACHABLE);

    proxy.recover();

    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptionsInstanceOf(BrokerException.class)
        .until(() -> broker.snapshot(rabbit.vhost()).exists());
  }

  @Test
  void deletesAUserThoughABrokerThatNeverHadItIsAway() {
    brokers.open("sound", direct());
    brokers.open("away", through(proxy));
    proxy.refuse();
    putAdministrator("first");

    brokers.deleteUser(ADMINISTRATOR, "sound"::equals);

    assertThat(rabbit.call("GET", "/api/users", "")).doesNotContain(ADMINISTRATOR);
    assertThat(kind(() -> brokers.deleteUser(ADMINISTRATOR, "away"::equals)))
        .isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void keepsItsConnectionsOpen() {
    var broker = brokers.open("default", through(proxy));

    for (var call = 0; call < 50; call++) {
      broker.features();
      broker.apply(rabbit.vhost(), List.of(declare("resize")));
    }

    assertThat(proxy.accepted()).isLessThanOrEqualTo(2);
  }

  private static boolean failsAtOnce(Broker broker) {
    return took(() -> kind(broker::features)).compareTo(Duration.ofSeconds(1)) < 0;
  }

  private static BrokerChange declare(String name) {
    return new BrokerChange.DeclareQueue(new Queue(name, Map.of("x-queue-type", "classic")));
  }

  private void putAdministrator(String password) {
    rabbit.call(
        "PUT",
        "/api/users/" + ADMINISTRATOR,
        "{\"password\":\"%s\",\"tags\":\"administrator\"}".formatted(password));
  }

  private BrokerAddress administrator(String password) {
    return address(rabbit.managementUri(), ADMINISTRATOR, password);
  }

  private BrokerAddress direct() {
    return address(rabbit.managementUri(), rabbit.username(), rabbit.password());
  }

  private BrokerAddress through(TcpProxy stub) {
    return address(stub.uri(), rabbit.username(), rabbit.password());
  }

  private static BrokerAddress address(URI management, String username, String password) {
    var base =
        URI.create(
            "%s://%s:%d"
                .formatted(management.getScheme(), management.getHost(), management.getPort()));
    return new BrokerAddress(
        "127.0.0.1", 5672, false, base, Optional.empty(), username, password, Trust.OF_JVM);
  }

  private static Kind kind(Runnable call) {
    var failure = catchThrowableOfType(BrokerException.class, call::run);
    return failure == null ? Kind.REFUSED : failure.kind();
  }

  private static Duration took(Runnable call) {
    var start = System.nanoTime();
    call.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }
}
