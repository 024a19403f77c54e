package dev.warren.model;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// Reads certificates and private keys in PEM (RFC 7468). No message quotes what was read.
public final class Pem {
  private static final Pattern KEY =
      Pattern.compile("-----BEGIN ([A-Z ]*)PRIVATE KEY-----([^-]*)-----END");
  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

  /// `INTEGER 0` and `SEQUENCE { rsaEncryption, NULL }`: what PKCS#8 says before the key itself.
  private static final byte[] RSA_HEADER =
      HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

  private static final int SEQUENCE = 0x30;
  private static final int OCTETS = 0x04;

  private Pem() {}

  /// All certificates in a text.
  ///
  /// @throws IllegalArgumentException if there is none
  public static List<Certificate> certificates(String pem) {
    try {
      var bytes = new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8));
      var found = CertificateFactory.getInstance("X.509").generateCertificates(bytes);
      if (!found.isEmpty()) {
        return List.copyOf(found);
      }
    } catch (CertificateException e) {
      // Falls through: the cause's message would quote what was read.
    }
    throw new IllegalArgumentException(
        "it holds no certificate in PEM, which begins with -----BEGIN CERTIFICATE-----");
  }

  /// The first private key in a text.
  ///
  /// @throws IllegalArgumentException if there is none that is not encrypted
  public static PrivateKey privateKey(String pem) {
    var match = KEY.matcher(pem);
    if (match.find()) {
      try {
        var bytes = Base64.getMimeDecoder().decode(match.group(2));
        return key(match.group(1).equals("RSA ") ? pkcs8(bytes) : bytes);
      } catch (IllegalArgumentException e) {
        // Falls through: the cause's message would quote what was read.
      }
    }
    throw new IllegalArgumentException(
        "it holds no private key in PEM that can be read; convert it with `openssl pkcs8 -topk8 -nocrypt`");
  }

  private static PrivateKey key(byte[] pkcs8) {
    for (var algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      } catch (GeneralSecurityException e) {
        // A key of another algorithm.
      }
    }
    throw new IllegalArgumentException("no known algorithm");
  }

  private static byte[] pkcs8(byte[] pkcs1) {
    var key = tagged(OCTETS, pkcs1);
    return tagged(
        SEQUENCE,
        ByteBuffer.allocate(RSA_HEADER.length + key.length).put(RSA_HEADER).put(key).array());
  }

  /// A DER value whose length takes two bytes, as that of every RSA key that is of any use does.
  private static byte[] tagged(int tag, byte[] content) {
    return ByteBuffer.allocate(content.length + 4)
        .put((byte) tag)
        .put((byte) 0x82)
        .putShort((short) content.length)
        .put(content)
        .array();
  }
}
