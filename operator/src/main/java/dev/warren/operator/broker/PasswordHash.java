package dev.warren.operator.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// RabbitMQ's salted password hash: Base64 of a 4-byte salt followed by SHA-256 of the salt and the
/// password (rabbitmq.com/docs/passwords). With it a password can be checked without being set
/// again.
public final class PasswordHash {
  private static final int SALT_BYTES = 4;
  private static final int PASSWORD_BYTES = 24;

  /// Base64 of a salt of zeros, as far as the salt alone decides it.
  private static final String UNSALTED = "AAAAA";

  private static final SecureRandom RANDOM = new SecureRandom();

  private PasswordHash() {}

  /// Whether the hash was made of this password.
  public static boolean matches(String hash, String password) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(hash);
    } catch (IllegalArgumentException e) {
      return false;
    }
    return bytes.length > SALT_BYTES
        && MessageDigest.isEqual(bytes, salted(Arrays.copyOf(bytes, SALT_BYTES), password));
  }

  /// A password of 192 random bits, in letters that need no encoding in a URI.
  public static String newPassword() {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(random());
  }

  /// A hash that {@link #matches} the password, with a salt of its own: for a broker.
  static String salted(String password) {
    var salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return Base64.getEncoder().encodeToString(salted(salt, password));
  }

  /// Whether both are of one user, as far as can be seen without its password: an {@link #unsalted}
  /// one may be of any.
  static boolean mayBeSame(@Nullable String one, @Nullable String other) {
    return Objects.equals(one, other)
        || (one != null && other != null && (isUnsalted(one) || isUnsalted(other)));
  }

  private static boolean isUnsalted(String hash) {
    return hash.startsWith(UNSALTED);
  }

  /// A hash that {@link #matches} the password, always the same one: for a reading's copy, not for
  /// a broker.
  static String unsalted(String password) {
    return Base64.getEncoder().encodeToString(salted(new byte[SALT_BYTES], password));
  }

  private static byte[] salted(byte[] salt, String password) {
    var digest = sha256();
    digest.update(salt);
    var hash = digest.digest(password.getBytes(StandardCharsets.UTF_8));
    var whole = Arrays.copyOf(salt, salt.length + hash.length);
    System.arraycopy(hash, 0, whole, salt.length, hash.length);
    return whole;
  }

  private static byte[] random() {
    var bytes = new byte[PASSWORD_BYTES];
    RANDOM.nextBytes(bytes);
    return bytes;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
