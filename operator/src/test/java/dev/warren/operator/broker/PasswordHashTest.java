package dev.warren.operator.broker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordHashTest {
  /// The example of rabbitmq.com/docs/passwords.
  private static final String HASH_OF_TEST12 = "kI3GCqW5JLMJa4iX1lo7X4D6XbYqlLgxIs30+P6tENUV2POR";

  @Test
  void matchesThePasswordItWasMadeOf() {
    assertThat(PasswordHash.matches(HASH_OF_TEST12, "test12")).isTrue();
  }

  @Test
  void matchesNoOtherPassword() {
    assertThat(PasswordHash.matches(HASH_OF_TEST12, "test13")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no base64!", "kI3G", "kI3GCg=="})
  void matchesNothingIfItIsNoHash(String hash) {
    assertThat(PasswordHash.matches(hash, "")).isFalse();
  }

  @Test
  void matchesItsUnsaltedForm() {
    assertThat(PasswordHash.matches(PasswordHash.unsalted("test12"), "test12")).isTrue();
  }

  @Test
  void makesPasswordsThatDifferAndNeedNoEncodingInAUri() {
    var password = PasswordHash.newPassword();

    assertThat(password).matches("[A-Za-z0-9_-]{32}").isNotEqualTo(PasswordHash.newPassword());
  }
}
