package dev.warren.operator.taskworker;

import dev.warren.crds.TaskBroker;
import dev.warren.model.DurationText;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.resource.Verdict;
import dev.warren.operator.topology.QueueSettings;
import java.time.Duration;
import java.util.Optional;

/// Whether a broker leaves tasks with a worker for as long as they may take. From 3.12 on the
/// queue's policy says how long; before, one setting of the broker holds for all queues, and closes
/// the channel of a worker whose task takes longer: all that it held goes to others. Pure.
final class ConsumerTimeout {
  /// RabbitMQ's default.
  private static final Duration DEFAULT = Duration.ofMinutes(30);

  private ConsumerTimeout() {}

  static Optional<Verdict> tooShort(QueueSettings queue, BrokerVersion version, TaskBroker broker) {
    var timeout =
        SpecDurations.read("spec.consumerTimeout", broker.getSpec().consumerTimeout(), DEFAULT);
    return version.atLeast(3, 12) || queue.consumerTimeout().compareTo(timeout) <= 0
        ? Optional.empty()
        : Optional.of(Verdict.degraded("TasksOutlastBroker", message(queue, version, timeout)));
  }

  private static String message(QueueSettings queue, BrokerVersion version, Duration timeout) {
    var longest = QueueSettings.longestTaskFor(timeout);
    return "maxTaskDuration of TaskQueue '%s' is %s, but RabbitMQ %s takes all tasks from a pod that holds one for longer than its consumer_timeout, %s; %suse RabbitMQ 3.12 or later, or raise consumer_timeout to %s in rabbitmq.conf and say so in spec.consumerTimeout of TaskBroker '%s'"
        .formatted(
            queue.name(),
            DurationText.format(queue.maxTaskDuration()),
            version.text(),
            DurationText.format(timeout),
            longest.toMillis() > 0
                ? "lower maxTaskDuration to %s, ".formatted(DurationText.format(longest))
                : "",
            DurationText.format(queue.consumerTimeout()),
            queue.broker());
  }
}
