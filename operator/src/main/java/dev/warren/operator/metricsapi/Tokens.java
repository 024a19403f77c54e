package dev.warren.operator.metricsapi;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Bearer tokens, each of which shows the wanted size of one TaskWorker and nothing else. They
/// follow from a key that the replicas share, so that none is kept. Pure, but for a new key.
///
/// @param key in hexadecimal
record Tokens(String key) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;

  Tokens {
    if (HexFormat.of().parseHex(key).length < KEY_BYTES) {
      throw new IllegalArgumentException("the key of tokens is too short");
    }
  }

  static Tokens random() {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    return new Tokens(HexFormat.of().formatHex(key));
  }

  String of(String namespace, String name) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(HexFormat.of().parseHex(key), ALGORITHM));
      return HexFormat.of()
          .formatHex(mac.doFinal((namespace + "/" + name).getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  /// Whether this is the token; takes as long whatever differs.
  boolean admit(String token, String namespace, String name) {
    return MessageDigest.isEqual(
        token.getBytes(StandardCharsets.UTF_8),
        of(namespace, name).getBytes(StandardCharsets.UTF_8));
  }

  /// Leaves the key out.
  @Override
  public String toString() {
    return "Tokens";
  }
}
