package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
  private static final Exchange EXCHANGE = new Exchange("tasks", "topic");
  private static final Queue QUEUE = new Queue("resize", Map.of("x-queue-type", "quorum"));

  @Test
  void definesWhatWasAddedUnderItsVhost() {
    var document =
        document(
            "media",
            new BrokerChange.CreateVhost(),
            new BrokerChange.DeclareExchange(EXCHANGE),
            new BrokerChange.DeclareQueue(QUEUE),
            new BrokerChange.Bind(
                new Binding("tasks", Binding.Kind.EXCHANGE, "parts", "a", Map.of("n", 1L))));

    assertThat(document.path("vhosts")).hasToString("[{\"name\":\"media\"}]");
    assertThat(document.at("/exchanges/0/vhost").asText()).isEqualTo("media");
    assertThat(document.at("/queues/0/arguments/x-queue-type").asText()).isEqualTo("quorum");
    assertThat(document.at("/bindings/0/destination_type").asText()).isEqualTo("exchange");
    assertThat(document.at("/bindings/0/arguments/n").asInt()).isEqualTo(1);
  }

  @Test
  void definesOnceWhatManyAdd() {
    var declare = new BrokerChange.DeclareExchange(EXCHANGE);

    assertThat(document("media", declare, declare).path("exchanges")).hasSize(1);
  }

  @Test
  void definesAUserWithItsLastPasswordAsAHash() {
    var document =
        document(
            "media",
            new BrokerChange.PutUser("user", "first"),
            new BrokerChange.PutUser("user", "s3cret"));

    assertThat(document.path("users")).hasSize(1);
    assertThat(document.toString()).doesNotContain("s3cret");
    assertThat(PasswordHash.matches(document.at("/users/0/password_hash").asText(), "s3cret"))
        .isTrue();
  }

  @Test
  void definesPermissionsOfTopics() {
    var permissions = new Permissions("", "^tasks$", "", Map.of("tasks", "^a$"));

    var document = document("media", new BrokerChange.PutPermissions("user", permissions));

    assertThat(document.at("/permissions/0/write").asText()).isEqualTo("^tasks$");
    assertThat(document.at("/topic_permissions/0/exchange").asText()).isEqualTo("tasks");
    assertThat(document.at("/topic_permissions/0/write").asText()).isEqualTo("^a$");
  }

  @Test
  void holdsNothingThatTakesAway() {
    var delete = new BrokerChange.DeleteQueue("resize");

    assertThat(Definitions.canHold(delete)).isFalse();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Definitions().add("media", delete))
        .withMessageContaining("DeleteQueue");
  }

  private static JsonNode document(String vhost, BrokerChange... changes) {
    var definitions = new Definitions();
    List.of(changes).forEach(change -> definitions.add(vhost, change));
    return new ObjectMapper().valueToTree(definitions.document());
  }
}
