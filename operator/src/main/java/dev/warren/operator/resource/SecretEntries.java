package dev.warren.operator.resource;

import static java.util.stream.Collectors.toMap;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// The entries of a Secret as text. Pure.
public final class SecretEntries {
  private SecretEntries() {}

  /// Decodes a Secret's data.
  public static Map<String, String> of(Secret secret) {
    return Optional.ofNullable(secret.getData()).orElse(Map.of()).entrySet().stream()
        .collect(toMap(Map.Entry::getKey, entry -> decode(entry.getValue())));
  }

  /// Encodes entries as a Secret's data.
  public static Map<String, String> encode(Map<String, String> entries) {
    return entries.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, entry -> encode(entry.getValue())));
  }

  private static String decode(String value) {
    return new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8);
  }

  private static String encode(String value) {
    return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
  }
}
