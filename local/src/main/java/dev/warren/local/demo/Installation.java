package dev.warren.local.demo;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// Installs what a platform team would have installed: the CRDs, the operator, a broker if none is
/// given, and the Secret with its addresses. What is there already stays. For one thread.
final class Installation {
  private static final String SYSTEM = "warren-system";

  private final DemoOptions options;
  private final Manifests manifests;

  Installation(DemoOptions options, Manifests manifests) {
    this.options = options;
    this.manifests = manifests;
  }

  /// Applies it all, and waits until the broker can be reached.
  ///
  /// @return AMQP URL of the broker's administrator
  URI install() throws IOException, InterruptedException {
    manifests.applyCrds();
    manifests.apply(
        new NamespaceBuilder().withNewMetadata().withName(SYSTEM).endMetadata().build());
    if (options.privateBroker()) {
      manifests.applyResource("rabbitmq.yaml");
    }
    manifests.applyResource("operator.yaml");
    var urls = Waiting.until("the broker's addresses", this::brokerUrls);
    manifests.apply(
        new SecretBuilder()
            .withNewMetadata()
            .withName("rabbitmq")
            .withNamespace(SYSTEM)
            .endMetadata()
            .withStringData(
                Map.of(
                    "uri", Objects.requireNonNull(urls.get("RABBITMQ_URL")),
                    "managementUri", Objects.requireNonNull(urls.get("RABBITMQ_MANAGEMENT_URL"))))
            .build());
    return URI.create(Objects.requireNonNull(urls.get("RABBITMQ_URL")));
  }

  private Optional<Map<String, String>> brokerUrls() {
    try {
      return Optional.of(
          Files.readAllLines(options.broker()).stream()
              .map(line -> line.split("=", 2))
              .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
