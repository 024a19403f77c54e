package dev.warren.local.pods;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads from the API server each time. Any thread may call.
///
/// @param client of the API server
record ApiConfigSource(KubernetesClient client) implements ConfigSource {
  @Override
  public Optional<Map<String, byte[]>> configMap(String namespace, String name) {
    return Optional.ofNullable(client.configMaps().inNamespace(namespace).withName(name).get())
        .map(
            map -> {
              var values = decoded(map.getBinaryData());
              orEmpty(map.getData())
                  .forEach((key, text) -> values.put(key, text.getBytes(StandardCharsets.UTF_8)));
              return values;
            });
  }

  @Override
  public Optional<Map<String, byte[]>> secret(String namespace, String name) {
    return Optional.ofNullable(client.secrets().inNamespace(namespace).withName(name).get())
        .map(secret -> decoded(secret.getData()));
  }

  private static Map<String, byte[]> decoded(@Nullable Map<String, String> data) {
    var values = new HashMap<String, byte[]>();
    orEmpty(data).forEach((key, text) -> values.put(key, Base64.getDecoder().decode(text)));
    return values;
  }

  private static Map<String, String> orEmpty(@Nullable Map<String, String> map) {
    return map == null ? Map.of() : map;
  }
}
