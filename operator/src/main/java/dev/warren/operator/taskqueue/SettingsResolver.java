package dev.warren.operator.taskqueue;

import dev.warren.crds.DeadLetterSpec;
import dev.warren.crds.ExchangeSpec;
import dev.warren.crds.QueueDefaults;
import dev.warren.crds.QueueKind;
import dev.warren.crds.RetrySpec;
import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueSpec;
import dev.warren.crds.VhostPolicy;
import dev.warren.model.BrokerNames;
import dev.warren.model.DurationText;
import dev.warren.model.QueueType;
import dev.warren.model.RetryPlan;
import dev.warren.model.WorkerConfiguration;
import dev.warren.operator.broker.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Reads a TaskQueue's spec into {@link QueueSettings}. The schema has refused most of what could
/// be wrong; the rest, and all of it where an API server checks no schema, is found here. For one
/// reading, by one thread.
public final class SettingsResolver {
  /// What RabbitMQ takes as a TTL: an unsigned 32-bit number of milliseconds.
  private static final Duration MAX_TTL = Duration.ofMillis((1L << 32) - 1);

  private static final Duration DEFAULT_RETENTION = Duration.ofDays(7);
  private static final String DEFAULT_BROKER = "default";

  private final List<String> problems = new ArrayList<>();

  private SettingsResolver() {}

  /// Settings, or what is wrong with the spec.
  public sealed interface Resolution {
    /// The spec is in order.
    record Resolved(QueueSettings settings) implements Resolution {}

    /// The spec is not.
    ///
    /// @param problems each names the field, the value and the remedy
    record Invalid(List<String> problems) implements Resolution {}
  }

  /// Settings of this TaskQueue on its TaskBroker.
  public static Resolution resolve(TaskQueue resource, TaskBroker broker) {
    return new SettingsResolver().read(resource, spec(resource), broker);
  }

  /// Name of the TaskBroker that a TaskQueue names.
  public static String brokerOf(TaskQueue resource) {
    return Objects.requireNonNullElse(spec(resource).broker(), DEFAULT_BROKER);
  }

  /// Name in RabbitMQ.
  public static String queueOf(TaskQueue resource) {
    return Objects.requireNonNullElse(spec(resource).queueName(), resource.getMetadata().getName());
  }

  /// Whether a TaskQueue is left as it is, and its workers stand still.
  public static boolean paused(TaskQueue resource) {
    return Boolean.TRUE.equals(spec(resource).paused());
  }

  /// The vhost that a broker gives to a namespace.
  public static String vhost(TaskBroker broker, String namespace) {
    var policy = broker.getSpec().vhostPolicy();
    return policy != null && policy.type() == VhostPolicy.Type.Fixed && policy.vhost() != null
        ? policy.vhost()
        : namespace;
  }

  private static TaskQueueSpec spec(TaskQueue resource) {
    return Objects.requireNonNullElse(resource.getSpec(), EMPTY_SPEC);
  }

  private static final TaskQueueSpec EMPTY_SPEC =
      new TaskQueueSpec(
          null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

  private Resolution read(TaskQueue resource, TaskQueueSpec spec, TaskBroker broker) {
    var namespace = resource.getMetadata().getNamespace();
    var name = resource.getMetadata().getName();
    var exchange = Objects.requireNonNullElse(spec.exchange(), new ExchangeSpec(null, null));
    var deadLetter =
        Objects.requireNonNullElse(spec.deadLetter(), new DeadLetterSpec(null, null, null));
    var settings =
        new QueueSettings(
            namespace,
            name,
            brokerOf(resource),
            vhost(broker, namespace),
            queueOf(resource),
            type(spec, broker),
            new Exchange(
                exchangeName(exchange),
                Objects.requireNonNullElse(exchange.type(), ExchangeSpec.Type.Topic)
                    .name()
                    .toLowerCase(Locale.ROOT)),
            routingKeys(spec, name),
            spec.priorities() == null ? OptionalInt.empty() : OptionalInt.of(spec.priorities()),
            new QueueSettings.Limits(
                Optional.ofNullable(spec.messageTtl())
                    .map(text -> ttl("messageTtl", text, MAX_TTL)),
                optional(spec.maxLength()),
                optional(spec.maxBytes())),
            Optional.ofNullable(spec.overflow()),
            retry(
                Objects.requireNonNullElse(
                    spec.retry(), new RetrySpec(null, null, null, null, null))),
            deadLetterExchange(deadLetter, exchange),
            ttl("deadLetter.retention", deadLetter.retention(), DEFAULT_RETENTION),
            optional(deadLetter.maxLength()),
            ttl(
                "maxTaskDuration",
                spec.maxTaskDuration(),
                WorkerConfiguration.DEFAULT_TASK_TIMEOUT),
            Objects.requireNonNullElse(
                spec.deletionPolicy(), TaskQueueSpec.DeletionPolicy.DeleteIfEmpty));
    return problems.isEmpty()
        ? new Resolution.Resolved(settings)
        : new Resolution.Invalid(List.copyOf(problems));
  }

  private static QueueType type(TaskQueueSpec spec, TaskBroker broker) {
    var defaults = Objects.requireNonNullElse(broker.getSpec().defaults(), new QueueDefaults(null));
    var kind =
        Objects.requireNonNullElse(
            spec.type(), Objects.requireNonNullElse(defaults.type(), QueueKind.Quorum));
    return switch (kind) {
      case Quorum -> QueueType.QUORUM;
      case Classic -> QueueType.CLASSIC;
    };
  }

  private List<String> routingKeys(TaskQueueSpec spec, String name) {
    var keys = Objects.requireNonNullElse(spec.routingKeys(), List.of(name));
    if (keys.isEmpty()) {
      problems.add(
          "spec.routingKeys is empty; name a key, or leave it out to use '%s'".formatted(name));
    }
    return keys;
  }

  private String deadLetterExchange(DeadLetterSpec spec, ExchangeSpec exchange) {
    var name = Objects.requireNonNullElse(spec.exchange(), BrokerNames.DEAD_LETTER_EXCHANGE);
    if (name.equals(exchangeName(exchange))
        || name.equals(BrokerNames.RETURN_EXCHANGE)
        || name.startsWith(BrokerNames.DELAY_PREFIX)) {
      problems.add(
          "spec.deadLetter.exchange is '%s', which carries tasks that are not dead; choose another"
              .formatted(name));
    }
    return name;
  }

  private static String exchangeName(ExchangeSpec exchange) {
    return Objects.requireNonNullElse(exchange.name(), BrokerNames.TASK_EXCHANGE);
  }

  private RetryPlan retry(RetrySpec spec) {
    var otherwise = RetryPlan.DEFAULT;
    try {
      return new RetryPlan(
          Objects.requireNonNullElse(spec.maxAttempts(), otherwise.maxAttempts()),
          duration("retry.initialDelay", spec.initialDelay(), otherwise.initialDelay()),
          Objects.requireNonNullElse(spec.multiplier(), otherwise.multiplier()),
          duration("retry.maxDelay", spec.maxDelay(), otherwise.maxDelay()),
          Objects.requireNonNullElse(spec.jitter(), otherwise.jitter()));
    } catch (IllegalArgumentException e) {
      problems.add("spec." + e.getMessage());
      return otherwise;
    }
  }

  private Duration ttl(String field, @Nullable String text, Duration otherwise) {
    var value = duration(field, text, otherwise);
    if (value.isZero() || value.compareTo(MAX_TTL) > 0) {
      problems.add("spec.%s is '%s'; use 1ms to 49d".formatted(field, text));
      return otherwise;
    }
    return value;
  }

  private Duration duration(String field, @Nullable String text, Duration otherwise) {
    if (text == null) {
      return otherwise;
    }
    try {
      return DurationText.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add("spec.%s: %s".formatted(field, e.getMessage()));
      return otherwise;
    }
  }

  private static OptionalLong optional(@Nullable Long value) {
    return value == null ? OptionalLong.empty() : OptionalLong.of(value);
  }
}
