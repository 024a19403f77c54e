package dev.warren.operator.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/// RabbitMQ's salted password hash: Base64 of a 4-byte salt followed by SHA-256 of the salt and the
/// password (rabbitmq.com/docs/passwords). With it a password can be checked without being set
/// again.
public final class PasswordHash {
  private static final int SALT_BYTES = 4;
  private static final int PASSWORD_BYTES = 24;
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

  /// A hash that {@link #matches} the password, always the same one: for a reading's copy, not for
  /// a broker, which salts for itself.
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
