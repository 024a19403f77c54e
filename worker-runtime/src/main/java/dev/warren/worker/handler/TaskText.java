package dev.warren.worker.handler;

import java.nio.charset.StandardCharsets;

/// A producer's text where only plain text may stand, such as an HTTP header or an environment
/// variable. Pure.
final class TaskText {
  private TaskText() {}

  /// The text with everything but visible ASCII, and `%` itself, percent-encoded as UTF-8:
  /// different ids stay different.
  static String encode(String text) {
    var encoded = new StringBuilder(text.length());
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      if (octet > ' ' && octet < 127 && octet != '%') {
        encoded.append((char) octet);
      } else {
        encoded.append("%%%02X".formatted(octet));
      }
    }
    return encoded.toString();
  }
}
