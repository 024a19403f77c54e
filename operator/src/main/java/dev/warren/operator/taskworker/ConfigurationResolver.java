package dev.warren.operator.taskworker;

import dev.warren.crds.HandlerSpec;
import dev.warren.crds.TaskWorker;
import dev.warren.crds.TaskWorkerSpec;
import dev.warren.model.HandlerConfiguration;
import dev.warren.model.LogLevel;
import dev.warren.model.WorkerConfiguration;
import dev.warren.operator.topology.QueueTopology;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads what a TaskWorker's spec says to the runtime; what is wrong with it is an illegal argument
/// that names the field, the value and the remedy. Pure.
final class ConfigurationResolver {
  private static final int MAX_PORT = 65_535;

  private ConfigurationResolver() {}

  /// Empty for an image that brings its own consumer. A rate limit is the whole one.
  static Optional<WorkerConfiguration> resolve(TaskWorker worker, QueueTopology topology) {
    var spec = worker.getSpec();
    var handler = handler(spec.handler());
    if (handler.isEmpty() && asksForTheRuntime(spec)) {
      throw new IllegalArgumentException(
          "spec.handler is custom: it consumes by itself and knows nothing of rateLimit, batch, idempotency, adaptive, circuitBreaker and errors; leave them out");
    }
    return handler.map(found -> configuration(worker, found, topology));
  }

  private static boolean asksForTheRuntime(TaskWorkerSpec spec) {
    return Stream.of(
            spec.rateLimit(),
            spec.batch(),
            spec.idempotency(),
            spec.adaptive(),
            spec.circuitBreaker(),
            spec.errors())
        .anyMatch(Objects::nonNull);
  }

  private static WorkerConfiguration configuration(
      TaskWorker worker, HandlerConfiguration handler, QueueTopology topology) {
    var queue = topology.settings();
    var spec = worker.getSpec();
    try {
      return new WorkerConfiguration(
          worker.getMetadata().getNamespace(),
          worker.getMetadata().getName(),
          queue.queue(),
          topology.sources(),
          queue.place().shared(),
          handler,
          FlowReader.flow(spec),
          queue.retry(),
          FailureReader.errors(spec.errors()),
          FailureReader.idempotency(spec.idempotency()),
          queue.deadLetters().exchange(),
          queue.maxTaskDuration(),
          queue.maxTaskDuration(),
          logLevel(spec.logLevel()),
          queue.shape().singleActiveConsumer());
    } catch (IllegalArgumentException e) {
      // It knows nothing of a spec, in which its components are fields.
      throw new IllegalArgumentException("spec." + e.getMessage(), e);
    }
  }

  private static LogLevel logLevel(TaskWorkerSpec.@Nullable LogLevel level) {
    return level == null
        ? LogLevel.INFO
        : switch (level) {
          case Error -> LogLevel.ERROR;
          case Warn -> LogLevel.WARN;
          case Info -> LogLevel.INFO;
          case Debug -> LogLevel.DEBUG;
        };
  }

  /// Empty for a custom image.
  private static Optional<HandlerConfiguration> handler(@Nullable HandlerSpec spec) {
    var kinds = new ArrayList<Optional<HandlerConfiguration>>();
    if (spec != null) {
      add(
          kinds,
          spec.java(),
          java -> new HandlerConfiguration.Java(Optional.ofNullable(java.className())));
      add(kinds, spec.http(), http -> new HandlerConfiguration.Http(uri(http.url())));
      add(
          kinds,
          spec.exec(),
          exec -> new HandlerConfiguration.Exec(exec.command(), protocol(exec.protocol())));
      if (spec.custom() != null) {
        kinds.add(Optional.empty());
      }
    }
    if (kinds.size() != 1) {
      throw new IllegalArgumentException(
          "spec.handler names %d kinds that are known; set exactly one of java, http, exec, custom"
              .formatted(kinds.size()));
    }
    return kinds.getFirst();
  }

  private static HandlerConfiguration.Protocol protocol(HandlerSpec.@Nullable Protocol protocol) {
    return protocol == HandlerSpec.Protocol.JsonLines
        ? HandlerConfiguration.Protocol.JSON_LINES
        : HandlerConfiguration.Protocol.PROCESS;
  }

  private static URI uri(String text) {
    try {
      var uri = new URI(text);
      if (uri.getHost() != null && uri.getPort() <= MAX_PORT) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Falls through: what it says is the same as below, and less.
    }
    throw new IllegalArgumentException(
        "spec.handler.http.url is '%s'; use an absolute http or https URL".formatted(text));
  }

  private static <T> void add(
      List<Optional<HandlerConfiguration>> kinds,
      @Nullable T spec,
      Function<T, HandlerConfiguration> read) {
    if (spec != null) {
      kinds.add(Optional.of(read.apply(spec)));
    }
  }
}
