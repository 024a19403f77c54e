package dev.warren.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerSecretTest {
  private static final ResourceName NAME = new ResourceName("tea", "store");

  @Test
  void tellsAddressAndCredentialsApart() {
    assertThat(entries("postgres", "POSTGRES_URL", "postgresql://u:p:w@localhost:5/db?sslmode=x"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "uri", "postgresql://localhost:5/db?sslmode=x",
                "username", "u",
                "password", "p:w"));
    assertThat(entries("redis", "REDIS_URL", "redis://:pw@localhost:6"))
        .containsExactlyInAnyOrderEntriesOf(Map.of("uri", "redis://localhost:6", "password", "pw"));
  }

  @Test
  void hasTheNameThatWorkersLookFor() {
    var secret = ServerSecret.of(NAME, "redis", Map.of("REDIS_URL", "redis://localhost:6"));

    assertThat(ResourceName.of(secret)).isEqualTo(NAME);
  }

  @Test
  void saysWhatToDoWhenTheServerIsUnknown() {
    assertThatExceptionOfType(DemoException.class)
        .isThrownBy(() -> ServerSecret.of(NAME, "redis", Map.of()))
        .withMessageContaining("tea/store")
        .withMessageContaining("REDIS_URL")
        .withMessageContaining("add 'redis' to 'servers'");
  }

  private static Map<String, String> entries(String server, String variable, String url) {
    return ServerSecret.of(NAME, server, Map.of(variable, url)).getStringData();
  }
}
