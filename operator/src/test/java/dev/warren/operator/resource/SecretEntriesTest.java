package dev.warren.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretEntriesTest {
  @Test
  void areReadAsTheyWereWritten() {
    var entries = Map.of("password", "pässword", "empty", "");

    var secret = new SecretBuilder().withData(SecretEntries.encode(entries)).build();

    assertThat(SecretEntries.of(secret)).isEqualTo(entries);
  }

  @Test
  void areNoneInASecretWithoutData() {
    assertThat(SecretEntries.of(new SecretBuilder().build())).isEmpty();
  }
}
