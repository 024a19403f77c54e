package dev.warren.operator.taskqueue;

import dev.warren.crds.DeadLetterDefaults;
import dev.warren.crds.DeadLetterSpec;
import dev.warren.crds.ExchangeSpec;
import dev.warren.crds.QueueDefaults;
import dev.warren.crds.QueueKind;
import dev.warren.crds.RetrySpec;
import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskQueueSpec;
import dev.warren.crds.TaskQueueSpec.DeletionPolicy;
import dev.warren.crds.TaskQueueSpec.MigrationPolicy;
import dev.warren.model.BrokerNames;
import dev.warren.model.DurationText;
import dev.warren.model.QueueType;
import dev.warren.model.RetryPlan;
import dev.warren.model.WorkerConfiguration;
import dev.warren.operator.broker.Exchange;
import dev.warren.operator.topology.QueueSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One reading of a TaskQueue's spec. What the spec leaves out its TaskBroker's defaults say, and
/// what those leave out Warren's. For one thread.
final class SpecReader {
  /// What RabbitMQ takes as a TTL: an unsigned 32-bit number of milliseconds.
  private static final Duration MAX_TTL = Duration.ofMillis((1L << 32) - 1);

  private static final Duration DEFAULT_RETENTION = Duration.ofDays(7);

  /// AMQP's limit for a routing key.
  private static final int MAX_KEY_BYTES = 255;

  /// The schema's syntax, for an API server that checks none: names get into regular expressions.
  /// `.` and `..` are no names: in a URL they mean another one.
  private static final Pattern NAME = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9_.:-]{1,200}");

  private final TaskQueue resource;
  private final TaskQueueSpec spec;
  private final TaskBroker broker;
  private final QueueDefaults defaults;
  private final QueueSettings.Place place;
  private final boolean withinCeilings;
  private final List<String> problems = new ArrayList<>();

  /// @param withinCeilings whether what is above a ceiling, or cannot be meant so, is a problem; it
  ///   is none for what is to be deleted
  SpecReader(TaskQueue resource, TaskQueueSpec spec, TaskBroker broker, boolean withinCeilings) {
    this.resource = resource;
    this.spec = spec;
    this.broker = broker;
    this.withinCeilings = withinCeilings;
    defaults = Objects.requireNonNullElse(broker.getSpec().defaults(), QueueDefaults.NONE);
    place = SettingsResolver.place(broker, resource.getMetadata().getNamespace());
  }

  SettingsResolver.Resolution read() {
    var settings =
        new QueueSettings(
            resource.getMetadata().getNamespace(),
            resource.getMetadata().getName(),
            SettingsResolver.brokerOf(resource),
            place,
            name("queueName", SettingsResolver.queueOf(resource)),
            shape(),
            new Exchange(exchangeName(), exchangeType()),
            routes(),
            limits(),
            retry(),
            deadLetters(),
            ttl(
                "maxTaskDuration",
                first(spec.maxTaskDuration(), defaults.maxTaskDuration()),
                WorkerConfiguration.DEFAULT_TASK_TIMEOUT),
            or(spec.deletionPolicy(), defaults.deletionPolicy(), DeletionPolicy.DeleteIfEmpty),
            or(spec.migration(), defaults.migration(), MigrationPolicy.Automatic)
                == MigrationPolicy.Manual);
    if (withinCeilings) {
      problems.addAll(FormCheck.problems(resource, spec, type()));
      problems.addAll(CeilingCheck.problems(settings, broker));
    }
    return problems.isEmpty()
        ? new SettingsResolver.Resolution.Resolved(settings)
        : new SettingsResolver.Resolution.Invalid(List.copyOf(problems));
  }

  private QueueSettings.Shape shape() {
    return new QueueSettings.Shape(
        switch (or(spec.type(), defaults.type(), QueueKind.Quorum)) {
          case Quorum -> QueueType.QUORUM;
          case Classic -> QueueType.CLASSIC;
        },
        spec.priorities() == null ? OptionalInt.empty() : OptionalInt.of(spec.priorities()),
        Objects.requireNonNullElse(spec.shards(), 1),
        Boolean.TRUE.equals(spec.singleActiveConsumer()),
        QueueArguments.read(spec.arguments(), problems));
  }

  private String exchangeName() {
    var name = spec.exchange() == null ? null : spec.exchange().name();
    return name("exchange.name", Objects.requireNonNullElse(name, BrokerNames.TASK_EXCHANGE));
  }

  private String exchangeType() {
    return type().name().toLowerCase(Locale.ROOT);
  }

  private ExchangeSpec.Type type() {
    var type = spec.exchange() == null ? null : spec.exchange().type();
    return Objects.requireNonNullElse(type, ExchangeSpec.Type.Topic);
  }

  private List<QueueSettings.Route> routes() {
    if (type() == ExchangeSpec.Type.Headers) {
      if (spec.bindings() == null || spec.bindings().isEmpty()) {
        problems.add("spec.bindings is empty; give the headers that are routed to this queue");
        return List.of(new QueueSettings.Route("", Map.of()));
      }
      return spec.bindings().stream()
          .map(binding -> HeaderArguments.read(binding.arguments(), problems))
          .map(arguments -> new QueueSettings.Route("", arguments))
          .toList();
    }
    var name = resource.getMetadata().getName();
    var keys = Objects.requireNonNullElse(spec.routingKeys(), List.of(name));
    if (keys.isEmpty()) {
      problems.add(
          "spec.routingKeys is empty; name a key, or leave it out to use '%s'".formatted(name));
    }
    keys.forEach(this::checkKey);
    return keys.stream().map(key -> new QueueSettings.Route(key, Map.of())).toList();
  }

  private void checkKey(String key) {
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_KEY_BYTES) {
      problems.add(
          "spec.routingKeys has '%s', which is longer than AMQP's 255 bytes; shorten it"
              .formatted(key));
    }
  }

  private QueueSettings.Limits limits() {
    return new QueueSettings.Limits(
        Optional.ofNullable(first(spec.messageTtl(), defaults.messageTtl()))
            .map(text -> ttl("messageTtl", text, MAX_TTL)),
        CeilingCheck.orCeiling(
            first(spec.maxLength(), defaults.maxLength()), CeilingCheck.of(broker).maxLength()),
        CeilingCheck.orCeiling(
            first(spec.maxBytes(), defaults.maxBytes()), CeilingCheck.of(broker).maxBytes()),
        Optional.ofNullable(first(spec.overflow(), defaults.overflow())));
  }

  private QueueSettings.DeadLetters deadLetters() {
    var own = Objects.requireNonNullElse(spec.deadLetter(), new DeadLetterSpec(null, null, null));
    var general =
        Objects.requireNonNullElse(defaults.deadLetter(), new DeadLetterDefaults(null, null));
    var length = first(own.maxLength(), general.maxLength());
    return new QueueSettings.DeadLetters(
        deadLetterExchange(own),
        ttl("deadLetter.retention", first(own.retention(), general.retention()), DEFAULT_RETENTION),
        length == null ? OptionalLong.empty() : OptionalLong.of(length));
  }

  private String deadLetterExchange(DeadLetterSpec own) {
    var name = Objects.requireNonNullElse(own.exchange(), BrokerNames.DEAD_LETTER_EXCHANGE);
    if (name.equals(BrokerNames.DEAD_LETTER_EXCHANGE)) {
      var shareOf = resource.getMetadata().getNamespace();
      return BrokerNames.within(place.shared() ? Optional.of(shareOf) : Optional.empty(), name);
    }
    if (name.equals(exchangeName()) || name.startsWith("warren.")) {
      problems.add(
          "spec.deadLetter.exchange is '%s', which carries tasks that are not dead; choose another"
              .formatted(name));
    }
    return name("deadLetter.exchange", name);
  }

  private String name(String field, String name) {
    if (!NAME.matcher(name).matches()) {
      problems.add(
          "spec.%s is '%s'; use 1 to 200 letters, digits, '_', '.', ':' and '-', and not '.' or '..'"
              .formatted(field, name));
    }
    return name;
  }

  private RetryPlan retry() {
    var own = Objects.requireNonNullElse(spec.retry(), RetrySpec.NONE);
    var general = Objects.requireNonNullElse(defaults.retry(), RetrySpec.NONE);
    var otherwise = RetryPlan.DEFAULT;
    var maxAge = first(own.maxAge(), general.maxAge());
    try {
      var plan =
          new RetryPlan(
              or(own.maxAttempts(), general.maxAttempts(), otherwise.maxAttempts()),
              duration(
                  "retry.initialDelay",
                  first(own.initialDelay(), general.initialDelay()),
                  otherwise.initialDelay()),
              or(own.multiplier(), general.multiplier(), otherwise.multiplier()),
              duration(
                  "retry.maxDelay",
                  first(own.maxDelay(), general.maxDelay()),
                  otherwise.maxDelay()),
              or(own.jitter(), general.jitter(), otherwise.jitter()));
      return maxAge == null
          ? plan
          : plan.withMaxAge(duration("retry.maxAge", maxAge, plan.maxAge()));
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

  private static <T> @Nullable T first(@Nullable T own, @Nullable T general) {
    return own == null ? general : own;
  }

  private static <T> T or(@Nullable T own, @Nullable T general, T otherwise) {
    return own != null ? own : general != null ? general : otherwise;
  }
}
