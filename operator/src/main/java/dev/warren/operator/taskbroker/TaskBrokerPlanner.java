package dev.warren.operator.taskbroker;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskBrokerStatus;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.FiguresSource;
import dev.warren.operator.resource.Conditions;
import dev.warren.operator.resource.Failures;
import dev.warren.operator.resource.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides what to say of a TaskBroker. Pure.
final class TaskBrokerPlanner {
  private TaskBrokerPlanner() {}

  static TaskBrokerStatus plan(TaskBroker broker, ObservedBroker observed, Instant now) {
    return switch (observed) {
      case ObservedBroker.Connected(var features, var figures) ->
          connected(broker, features.version(), figures, now);
      case ObservedBroker.Failed(var failure) -> failed(broker, Failures.verdict(failure), now);
      case ObservedBroker.SecretMissing() ->
          failed(
              broker,
              Verdict.notReady("SecretNotFound", secret(broker) + " does not exist; create it"),
              now);
      case ObservedBroker.SecretForbidden() ->
          failed(
              broker,
              Verdict.notReady("SecretForbidden", secret(broker) + " " + Forbidden.MESSAGE),
              now);
      case ObservedBroker.SecretInvalid(var why) ->
          failed(broker, Verdict.notReady("SecretInvalid", secret(broker) + ": " + why), now);
      case ObservedBroker.TlsInvalid(var why) ->
          failed(broker, Verdict.notReady("TlsInvalid", why), now);
    };
  }

  /// Keeps the version: it decides what plans for a broker look like that is away for a moment.
  static TaskBrokerStatus failed(TaskBroker broker, Verdict verdict, Instant now) {
    var before = broker.getStatus();
    return status(
        broker,
        List.of(verdict),
        before == null ? null : before.version(),
        before == null ? null : before.figuresFrom(),
        now);
  }

  private static TaskBrokerStatus connected(
      TaskBroker broker, BrokerVersion version, FiguresSource figures, Instant now) {
    var verdicts = new ArrayList<Verdict>();
    verdicts.add(readiness(broker, version));
    figures
        .trouble()
        .map(
            why ->
                Verdict.degraded(
                    "MetricsUnavailable", "%s; the management API is asked instead".formatted(why)))
        .ifPresent(verdicts::add);
    return status(
        broker,
        verdicts,
        version.text(),
        figures.plugin()
            ? TaskBrokerStatus.FiguresFrom.Prometheus
            : TaskBrokerStatus.FiguresFrom.Management,
        now);
  }

  private static Verdict readiness(TaskBroker broker, BrokerVersion version) {
    var problems = SpecCheck.problems(broker);
    if (!problems.isEmpty()) {
      return Verdict.notReady("InvalidSpec", String.join("; ", problems));
    }
    return version.supported()
        ? Verdict.ready("Connected", "the management API answers")
        : Verdict.notReady(
            "UnsupportedVersion",
            "RabbitMQ %s is too old: quorum queues with a TTL need 3.10; upgrade it"
                .formatted(version.text()));
  }

  private static TaskBrokerStatus status(
      TaskBroker broker,
      List<Verdict> verdicts,
      @Nullable String version,
      TaskBrokerStatus.@Nullable FiguresFrom figuresFrom,
      Instant now) {
    var before = broker.getStatus() == null ? null : broker.getStatus().conditions();
    var generation = broker.getMetadata().getGeneration();
    return new TaskBrokerStatus(
        generation, Conditions.of(verdicts, before, generation, now), version, figuresFrom);
  }

  private static String secret(TaskBroker broker) {
    var reference = broker.getSpec().secretRef();
    return "Secret '%s/%s'".formatted(reference.namespace(), reference.name());
  }
}
