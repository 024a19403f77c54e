package dev.warren.operator.taskbroker;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskBrokerStatus;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Failures;
import dev.warren.operator.resource.Verdict;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides what to say of a TaskBroker. Pure.
final class TaskBrokerPlanner {
  private TaskBrokerPlanner() {}

  static TaskBrokerStatus plan(TaskBroker broker, ObservedBroker observed, Instant now) {
    return switch (observed) {
      case ObservedBroker.Connected(var features) -> connected(broker, features.version(), now);
      case ObservedBroker.Failed(var failure) -> failed(broker, Failures.verdict(failure), now);
      case ObservedBroker.SecretMissing() ->
          failed(
              broker,
              Verdict.notReady("SecretNotFound", secret(broker) + " does not exist; create it"),
              now);
      case ObservedBroker.SecretInvalid(var why) ->
          failed(broker, Verdict.notReady("SecretInvalid", secret(broker) + ": " + why), now);
      case ObservedBroker.TlsInvalid(var why) ->
          failed(broker, Verdict.notReady("TlsInvalid", why), now);
    };
  }

  /// Keeps the version: it decides what plans for a broker look like that is away for a moment.
  static TaskBrokerStatus failed(TaskBroker broker, Verdict verdict, Instant now) {
    var version = broker.getStatus() == null ? null : broker.getStatus().version();
    return status(broker, verdict, version, now);
  }

  private static TaskBrokerStatus connected(TaskBroker broker, BrokerVersion version, Instant now) {
    var problems = SpecCheck.problems(broker);
    if (!problems.isEmpty()) {
      return status(
          broker,
          Verdict.notReady("InvalidSpec", String.join("; ", problems)),
          version.text(),
          now);
    }
    var verdict =
        version.supported()
            ? Verdict.ready("Connected", "the management API answers")
            : Verdict.notReady(
                "UnsupportedVersion",
                "RabbitMQ %s is too old: quorum queues with a TTL need 3.10; upgrade it"
                    .formatted(version.text()));
    return status(broker, verdict, version.text(), now);
  }

  private static TaskBrokerStatus status(
      TaskBroker broker, Verdict verdict, @Nullable String version, Instant now) {
    var before = broker.getStatus() == null ? null : broker.getStatus().conditions();
    var generation = broker.getMetadata().getGeneration();
    return new TaskBrokerStatus(
        generation, Conditions.of(List.of(verdict), before, generation, now), version);
  }

  private static String secret(TaskBroker broker) {
    var reference = broker.getSpec().secretRef();
    return "Secret '%s/%s'".formatted(reference.namespace(), reference.name());
  }
}
