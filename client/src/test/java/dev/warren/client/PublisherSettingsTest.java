package dev.warren.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.warren.model.BrokerBinding;
import dev.warren.model.WarrenModelException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PublisherSettingsTest {
  private static final BrokerBinding BINDING =
      new BrokerBinding("rabbit.example", 5672, "media", "u", "p w", Optional.of(TestQueue.TARGET));

  @TempDir private Path directory;

  @Test
  void hasTheseDefaults() {
    var settings = PublisherSettings.of(URI.create("amqp://localhost"), "tasks", "key");

    assertThat(settings.window()).isEqualTo(1_000);
    assertThat(settings.sendTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.confirmTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.closeTimeout()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void readsMountedCredentialsAnewForEachConnection() throws IOException {
    write(BINDING);
    var settings = PublisherSettings.of(directory);
    Files.writeString(directory.resolve("password"), "rotated");

    assertThat(settings.broker().get().uri())
        .isEqualTo(URI.create("amqp://u:rotated@rabbit.example:5672/media"));
    assertThat(settings.target()).isEqualTo(TestQueue.TARGET);
  }

  @Test
  void refusesBindingOfAWorker() {
    var binding = new BrokerBinding("h", 5672, "media", "u", "p", Optional.empty());

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublisherSettings.of(binding))
        .withMessageContaining("use the TaskQueue's binding");
  }

  @Test
  void refusesDirectoryThatHoldsNoBinding() {
    assertThatThrownBy(() -> PublisherSettings.of(directory))
        .isInstanceOf(WarrenModelException.class)
        .hasMessageContaining("host is missing");
    assertThatThrownBy(() -> PublisherSettings.of(directory.resolve("absent")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("absent");
  }

  @Test
  void refusesValuesOutOfRange() {
    var settings = PublisherSettings.of(BINDING);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withWindow(0))
        .withMessage("window is 0; use 1 to 1000000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withSendTimeout(Duration.ZERO))
        .withMessageContaining("sendTimeout is PT0S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withConfirmTimeout(Duration.ofMillis(-1)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings.withCloseTimeout(Duration.ofHours(2)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PublisherSettings.of(URI.create("amqp://h"), "e".repeat(256), "key"))
        .withMessageContaining("exchange");
  }

  @Test
  void keepsCredentialsOutOfLogs() {
    var settings = PublisherSettings.of(BINDING);

    assertThat(settings.toString()).doesNotContain("p w", "p%20w");
    assertThat(settings.broker().get().toString())
        .isEqualTo("BrokerAddress[amqp://rabbit.example:5672/media]");
  }

  private void write(BrokerBinding binding) throws IOException {
    for (var entry : binding.entries().entrySet()) {
      Files.writeString(directory.resolve(entry.getKey()), entry.getValue());
    }
  }
}
