package dev.warren.local.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Probe;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// When and where to ask a container how it is.
///
/// @param uri answers with 200 to 399 if all is well
/// @param failureThreshold failures in a row that count as one
/// @param successThreshold successes in a row that count as one
record ProbePlan(
    URI uri,
    Duration initialDelay,
    Duration period,
    Duration timeout,
    int failureThreshold,
    int successThreshold) {

  /// Empty if there is no probe, or one of another kind than `httpGet`: those are taken to succeed.
  static Optional<ProbePlan> of(@Nullable Probe probe, Container container, String address) {
    if (probe == null || probe.getHttpGet() == null) {
      return Optional.empty();
    }
    var get = probe.getHttpGet();
    var host = Optional.ofNullable(get.getHost()).orElse(address);
    var path = Optional.ofNullable(get.getPath()).orElse("/");
    var uri = "http://%s:%d%s".formatted(host, port(get.getPort(), container), path);
    return Optional.of(
        new ProbePlan(
            URI.create(uri),
            seconds(probe.getInitialDelaySeconds(), 0),
            seconds(probe.getPeriodSeconds(), 10),
            seconds(probe.getTimeoutSeconds(), 1),
            Optional.ofNullable(probe.getFailureThreshold()).orElse(3),
            Optional.ofNullable(probe.getSuccessThreshold()).orElse(1)));
  }

  private static Duration seconds(@Nullable Integer seconds, int otherwise) {
    return Duration.ofSeconds(seconds == null ? otherwise : seconds);
  }

  private static int port(IntOrString port, Container container) {
    if (port.getIntVal() != null) {
      return port.getIntVal();
    }
    return container.getPorts().stream()
        .filter(named -> port.getStrVal().equals(named.getName()))
        .map(ContainerPort::getContainerPort)
        .findFirst()
        .orElseThrow(
            () -> Blocker.configuration("probe: no port is named %s".formatted(port.getStrVal())));
  }
}
