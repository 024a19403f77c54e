package dev.warren.worker.amqp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.model.BrokerBinding;
import dev.warren.model.BrokerTls;
import dev.warren.model.QueueType;
import dev.warren.model.testing.TestBroker;
import dev.warren.model.testing.TestTls;
import dev.warren.worker.Outcome;
import dev.warren.worker.TaskStatus;
import dev.warren.worker.testing.TestTopology;
import dev.warren.worker.testing.WorkerConfigurations;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/// A worker of a broker that is reached by TLS.
@EnabledIfEnvironmentVariable(named = TestTls.VARIABLE, matches = ".+")
class TlsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TestTls tls;
  private TestBroker broker;
  private TestTopology topology;

  @BeforeEach
  void open() throws Exception {
    tls = new TestTls();
    broker = TestBroker.withNewVhost();
    topology = TestTopology.declare(broker, QueueType.CLASSIC, WorkerConfigurations.PLAN);
  }

  @AfterEach
  void close() throws Exception {
    topology.close();
    broker.close();
  }

  @Test
  void runsAndRetriesTasks() throws Exception {
    var entries = binding(tls.host(), tls.port(), BrokerTls.trusting(tls.authority())).entries();
    try (var worker =
        new RunningWorker(
            WorkerConfigurations.standard(),
            () -> BrokerBinding.parse(entries),
            (_, context) -> context.attempt() == 1 ? Outcome.retry() : Outcome.done())) {
      topology.publishMany(100);

      await().atMost(PATIENCE).until(() -> worker.count(TaskStatus.DONE) == 100);
    }
  }

  @Test
  void saysThatTheAuthorityIsNotTrustedAndReadsTheBindingAgain() {
    var current =
        new AtomicReference<>(
            binding(tls.host(), tls.port(), BrokerTls.trusting(tls.clientCertificate())));
    try (var worker = worker(current)) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  worker
                      .obstacle()
                      .orElse("")
                      .equals(
                          "the broker at %s:%d cannot be reached by TLS: its certificate is of an authority that is not trusted; give the certificate of that authority to the TaskBroker, which puts it into the entry 'ca.crt' of the binding"
                              .formatted(tls.host(), tls.port())));

      current.set(binding(tls.host(), tls.port(), BrokerTls.trusting(tls.authority())));

      await().atMost(PATIENCE).until(worker::isConsuming);
    }
  }

  @Test
  void trustsNoPrivateAuthorityOfItself() {
    var binding = binding(tls.host(), tls.port(), BrokerTls.OF_JVM);
    try (var worker = worker(new AtomicReference<>(binding))) {
      await()
          .atMost(PATIENCE)
          .until(() -> worker.obstacle().orElse("").contains("authority that is not trusted"));
    }
  }

  @Test
  void refusesACertificateOfAnotherHost() throws Exception {
    try (var elsewhere = tls.atAnotherAddress();
        var worker =
            worker(
                new AtomicReference<>(
                    binding(
                        elsewhere.host(),
                        elsewhere.port(),
                        BrokerTls.trusting(tls.authority()))))) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(worker.obstacle().orElse(""))
                      .contains("its certificate does not name the host '127.0.0.2'"));
    }
  }

  @Test
  void showsItsCertificateToABrokerThatAsksForOne() throws Exception {
    try (var strict = tls.strict(broker.host(), broker.port())) {
      var trusting = BrokerTls.trusting(tls.authority());
      var current = new AtomicReference<>(binding(strict.host(), strict.port(), trusting));
      try (var worker = worker(current)) {
        await()
            .atMost(PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(worker.obstacle().orElse(""))
                        .contains("asks for a certificate", "spec.tls.tenantCertificateRef"));

        current.set(binding(strict.host(), strict.port(), trusting.showing(tls.client())));

        await().atMost(PATIENCE).until(worker::isConsuming);
      }
    }
  }

  @Test
  void saysThatThePortSpeaksNoTls() {
    var binding = binding(broker.host(), broker.port(), BrokerTls.trusting(tls.authority()));
    try (var worker = worker(new AtomicReference<>(binding))) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> worker.obstacle().orElse("").contains("see that the port is the one for TLS"));
    }
  }

  private static RunningWorker worker(AtomicReference<BrokerBinding> binding) {
    return new RunningWorker(
        WorkerConfigurations.standard(), binding::get, (_, _) -> Outcome.done());
  }

  private BrokerBinding binding(String host, int port, BrokerTls trust) {
    var plain = topology.binding();
    return new BrokerBinding(
        host,
        port,
        plain.vhost(),
        plain.username(),
        plain.password(),
        Optional.of(trust),
        Optional.empty());
  }
}
