package dev.warren.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BrokerBindingTest {
  private static final BrokerBinding BINDING =
      new BrokerBinding(
          "rabbit.example",
          5673,
          "a/b%c",
          "user@team",
          "p:w d",
          Optional.of(new BrokerBinding.Target("tasks", "image.resize")));

  @Test
  void entriesAreThoseOfAServiceBinding() {
    assertThat(BINDING.entries())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "type", "rabbitmq",
                "provider", "warren",
                "host", "rabbit.example",
                "port", "5673",
                "vhost", "a/b%c",
                "username", "user@team",
                "password", "p:w d",
                "uri", "amqp://user%40team:p%3Aw%20d@rabbit.example:5673/a%2Fb%25c",
                "exchange", "tasks",
                "routing-key", "image.resize"));
  }

  @Test
  void readsWhatItWrites() {
    assertThat(BrokerBinding.parse(BINDING.entries())).isEqualTo(BINDING);
  }

  @Test
  void textLeavesThePasswordOut() {
    assertThat(BINDING.toString()).contains("user@team").doesNotContain("p:w d");
  }

  @Test
  void allThatIsMissingIsNamed() {
    var failure =
        catchThrowableOfType(
            WarrenModelException.class,
            () -> BrokerBinding.parse(Map.of("host", "h", "port", "x")));

    assertThat(failure.problems())
        .containsExactlyInAnyOrder(
            "port: 'x' is not a number",
            "vhost is missing; set it",
            "username is missing; set it",
            "password is missing; set it");
  }
}
