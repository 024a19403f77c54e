package dev.warren.local.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;

/// Documents for tests, in YAML.
final class Documents {
  private Documents() {}

  static ObjectNode yaml(String text) {
    // Without the marker, text that begins with a brace is taken for JSON.
    return Serialization.unmarshal("---\n" + text, ObjectNode.class);
  }
}
