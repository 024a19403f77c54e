package dev.warren.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.model.BrokerBinding;
import dev.warren.model.BrokerTls;
import dev.warren.model.testing.TestTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/// A publisher to a broker that is reached by TLS.
@Timeout(120)
@EnabledIfEnvironmentVariable(named = TestTls.VARIABLE, matches = ".+")
class TlsIT {
  private static final Duration SHORT = Duration.ofSeconds(2);

  private final TestTls tls = new TestTls();
  private final TestQueue queue = new TestQueue();

  @AfterEach
  void deleteQueue() {
    queue.close();
  }

  @Test
  void publishesByMountedBinding(@TempDir Path directory) throws Exception {
    var binding = binding(tls.host(), tls.port(), BrokerTls.trusting(tls.authority()));
    for (var entry : binding.entries().entrySet()) {
      Files.writeString(directory.resolve(entry.getKey()), entry.getValue());
    }
    try (var publisher = TaskPublisher.open(PublisherSettings.of(directory))) {
      publisher.publish(NewTask.of("{}"));
    }
    assertThat(queue.length()).isEqualTo(1);
  }

  @Test
  void publishesByExplicitSettings() throws Exception {
    var uri = binding(tls.host(), tls.port(), BrokerTls.OF_JVM).uri();
    var settings =
        PublisherSettings.of(
            uri,
            BrokerTls.trusting(tls.authority()),
            TestQueue.TARGET.exchange(),
            TestQueue.TARGET.routingKey());
    try (var publisher = TaskPublisher.open(settings)) {
      publisher.publish(NewTask.of("{}"));
    }
    assertThat(queue.length()).isEqualTo(1);
  }

  @Test
  void saysThatTheAuthorityIsNotTrusted() {
    assertRefused(
        binding(tls.host(), tls.port(), BrokerTls.trusting(tls.clientCertificate())),
        "its certificate is of an authority that is not trusted");
    assertRefused(
        binding(tls.host(), tls.port(), BrokerTls.OF_JVM),
        "its certificate is of an authority that is not trusted");
  }

  @Test
  void refusesACertificateOfAnotherHost() throws Exception {
    try (var elsewhere = tls.atAnotherAddress()) {
      assertRefused(
          binding(elsewhere.host(), elsewhere.port(), BrokerTls.trusting(tls.authority())),
          "its certificate does not name the host '127.0.0.2'");
    }
  }

  @Test
  void showsItsCertificateToABrokerThatAsksForOne() throws Exception {
    try (var strict = tls.strict(queue.binding().host(), queue.binding().port())) {
      var trusting = BrokerTls.trusting(tls.authority());
      var shown = binding(strict.host(), strict.port(), trusting.showing(tls.client()));
      try (var publisher = TaskPublisher.open(PublisherSettings.of(shown))) {
        publisher.publish(NewTask.of("{}"));
      }
      assertThat(queue.length()).isEqualTo(1);
      // Whether the broker's alert is seen, or only that the connection broke, is a matter of time.
      assertRefused(binding(strict.host(), strict.port(), trusting), "");
    }
  }

  private static void assertRefused(BrokerBinding binding, String why) {
    var settings = PublisherSettings.of(binding).withSendTimeout(SHORT);
    try (var publisher = TaskPublisher.open(settings)) {
      assertThatThrownBy(() -> publisher.publish(NewTask.of("{}")))
          .isInstanceOf(UnsentTaskException.class)
          .hasMessageContaining("no connection to the broker (")
          .hasMessageContaining(why);
    }
  }

  private BrokerBinding binding(String host, int port, BrokerTls trust) {
    var plain = queue.binding();
    return new BrokerBinding(
        host,
        port,
        plain.vhost(),
        plain.username(),
        plain.password(),
        Optional.of(trust),
        plain.target());
  }
}
