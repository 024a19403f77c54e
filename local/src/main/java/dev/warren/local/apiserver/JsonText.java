package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/// A document as text, which is made when somebody asks for the first time, and once for all that
/// watch it. Any thread may call.
final class JsonText {
  private final ObjectNode document;

  /// Written by whoever asks first, or by two who do so at once, with the same bytes.
  private volatile byte @Nullable [] bytes;

  JsonText(ObjectNode document) {
    this.document = document;
  }

  /// Not to be changed.
  byte[] bytes() {
    var known = bytes;
    if (known == null) {
      known = Json.write(document);
      bytes = known;
    }
    return known;
  }
}
