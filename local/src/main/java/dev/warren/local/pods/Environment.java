package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.Pod;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Resolves the environment of a container as a kubelet would: `envFrom`, then `env` in order, each
/// value with `$(NAME)` of earlier ones expanded. For one launch, by one thread.
final class Environment {
  private static final Pattern REFERENCE = Pattern.compile("\\$\\$|\\$\\(([^()]+)\\)");
  private static final Pattern FIELD_OF_MAP =
      Pattern.compile("metadata\\.(labels|annotations)\\['(.+)']");

  private final Pod pod;
  private final PodPlace place;
  private final ConfigSource source;
  private final Map<String, String> values;

  private Environment(Pod pod, PodPlace place, ConfigSource source, Map<String, String> image) {
    this.pod = pod;
    this.place = place;
    this.source = source;
    this.values = new LinkedHashMap<>(image);
  }

  /// @param image what the image sets
  /// @throws Blocker if something that is not optional is missing
  static Map<String, String> resolve(
      Pod pod,
      Container container,
      PodPlace place,
      ConfigSource source,
      Map<String, String> image) {
    var environment = new Environment(pod, place, source, image);
    container.getEnvFrom().forEach(environment::addAll);
    container.getEnv().forEach(environment::add);
    return environment.values;
  }

  /// The text with each `$(NAME)` that is known replaced; `$$` stands for one `$`.
  static String expand(String text, Map<String, String> values) {
    return REFERENCE
        .matcher(text)
        .replaceAll(
            match -> {
              var name = match.group(1);
              var value = name == null ? "$" : values.getOrDefault(name, match.group());
              return Matcher.quoteReplacement(value);
            });
  }

  private void addAll(EnvFromSource from) {
    var prefix = Optional.ofNullable(from.getPrefix()).orElse("");
    entries(from).forEach((key, value) -> values.put(prefix + key, text(value)));
  }

  private Map<String, byte[]> entries(EnvFromSource from) {
    var configMap = from.getConfigMapRef();
    if (configMap != null) {
      return configMap(configMap.getName(), configMap.getOptional());
    }
    var secret = from.getSecretRef();
    return secret == null ? Map.of() : secret(secret.getName(), secret.getOptional());
  }

  private void add(EnvVar variable) {
    var from = variable.getValueFrom();
    if (from == null) {
      var value = Optional.ofNullable(variable.getValue()).orElse("");
      values.put(variable.getName(), expand(value, values));
    } else {
      value(variable.getName(), from).ifPresent(value -> values.put(variable.getName(), value));
    }
  }

  private Optional<String> value(String name, EnvVarSource from) {
    if (from.getFieldRef() != null) {
      return Optional.of(field(from.getFieldRef().getFieldPath()));
    }
    var configMap = from.getConfigMapKeyRef();
    if (configMap != null) {
      var entries = configMap(configMap.getName(), configMap.getOptional());
      return entry(
          "ConfigMap", configMap.getName(), entries, configMap.getKey(), configMap.getOptional());
    }
    var secret = from.getSecretKeyRef();
    if (secret != null) {
      var entries = secret(secret.getName(), secret.getOptional());
      return entry("Secret", secret.getName(), entries, secret.getKey(), secret.getOptional());
    }
    throw Blocker.configuration(
        "env %s: the local platform resolves fieldRef, configMapKeyRef and secretKeyRef only"
            .formatted(name));
  }

  private Optional<String> entry(
      String kind,
      String name,
      Map<String, byte[]> entries,
      String key,
      @Nullable Boolean optional) {
    var value = Optional.ofNullable(entries.get(key)).map(Environment::text);
    if (value.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw Blocker.configuration(
          "couldn't find key %s in %s %s/%s".formatted(key, kind, namespace(), name));
    }
    return value;
  }

  private Map<String, byte[]> configMap(String name, @Nullable Boolean optional) {
    return found("configmap", name, source.configMap(namespace(), name), optional);
  }

  private Map<String, byte[]> secret(String name, @Nullable Boolean optional) {
    return found("secret", name, source.secret(namespace(), name), optional);
  }

  /// @throws Blocker if it is missing and not optional
  static Map<String, byte[]> found(
      String kind, String name, Optional<Map<String, byte[]>> entries, @Nullable Boolean optional) {
    if (entries.isEmpty() && !Boolean.TRUE.equals(optional)) {
      throw Blocker.configuration("%s \"%s\" not found".formatted(kind, name));
    }
    return entries.orElse(Map.of());
  }

  private String field(String path) {
    var metadata = pod.getMetadata();
    var entry = FIELD_OF_MAP.matcher(path);
    if (entry.matches()) {
      var map = entry.group(1).equals("labels") ? metadata.getLabels() : metadata.getAnnotations();
      return map == null ? "" : map.getOrDefault(entry.group(2), "");
    }
    return switch (path) {
      case "metadata.name" -> metadata.getName();
      case "metadata.namespace" -> metadata.getNamespace();
      case "metadata.uid" -> metadata.getUid();
      case "spec.nodeName" -> PodPlace.NODE;
      case "spec.serviceAccountName" ->
          Optional.ofNullable(pod.getSpec().getServiceAccountName()).orElse("default");
      case "status.hostIP" -> PodPlace.HOST_ADDRESS;
      case "status.podIP", "status.podIPs" -> place.address();
      default -> throw Blocker.configuration("fieldRef %s is not supported".formatted(path));
    };
  }

  private String namespace() {
    return pod.getMetadata().getNamespace();
  }

  private static String text(byte[] value) {
    return new String(value, StandardCharsets.UTF_8);
  }
}
