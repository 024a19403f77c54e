package dev.warren.operator.taskworker;

import dev.warren.crds.TaskWorkerSpec;
import dev.warren.model.WorkerPod;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.resource.Verdict;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A Secret of the namespace with the address of a store, which pods mount as a directory.
///
/// @param field of the TaskWorker's spec that names it
/// @param volume name of the volume, and of the directory below {@link #ROOT}
/// @param variable of the environment that tells the runtime the directory
record StoreSecret(String field, String name, String volume, String variable) {
  private static final String ROOT = "/etc/warren/stores/";

  /// Those that a spec names.
  static List<StoreSecret> of(TaskWorkerSpec spec) {
    var named = new ArrayList<StoreSecret>();
    if (spec.idempotency() != null) {
      named.add(
          new StoreSecret(
              "spec.idempotency.secretRef",
              spec.idempotency().secretRef().name(),
              "idempotency",
              WorkerPod.IDEMPOTENCY_DIRECTORY));
    }
    if (spec.rateLimit() != null && spec.rateLimit().redis() != null) {
      named.add(
          new StoreSecret(
              "spec.rateLimit.redis.secretRef",
              spec.rateLimit().redis().secretRef().name(),
              "rate-limit",
              WorkerPod.RATE_LIMIT_DIRECTORY));
    }
    return named;
  }

  /// Names of the entries that hold something.
  static Set<String> entries(Secret secret) {
    return SecretEntries.of(secret).entrySet().stream()
        .filter(entry -> !entry.getValue().isBlank())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  /// Why pods could not use it, if they could not.
  ///
  /// @param found names of the entries of each Secret that exists
  Optional<Verdict> obstacle(String namespace, Map<String, Set<String>> found) {
    if (!found.containsKey(name)) {
      return Optional.of(
          Verdict.notReady(
              "SecretNotFound",
              "Secret '%s', named by %s, does not exist in namespace '%s'; create it with the key '%s', or correct the name"
                  .formatted(name, field, namespace, WorkerPod.STORE_URI)));
    }
    if (!found.get(name).contains(WorkerPod.STORE_URI)) {
      return Optional.of(
          Verdict.notReady(
              "SecretIncomplete",
              "Secret '%s', named by %s, has no key '%s'; add it with the address of the store"
                  .formatted(name, field, WorkerPod.STORE_URI)));
    }
    return Optional.empty();
  }

  /// Where the container finds it.
  String directory() {
    return ROOT + volume;
  }
}
