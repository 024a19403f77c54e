package dev.warren.local.pods;

import java.util.Map;
import java.util.Optional;

/// Where ConfigMaps and Secrets come from. Values are plain bytes, decoded.
interface ConfigSource {
  Optional<Map<String, byte[]>> configMap(String namespace, String name);

  Optional<Map<String, byte[]>> secret(String namespace, String name);
}
