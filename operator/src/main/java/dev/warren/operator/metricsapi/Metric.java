package dev.warren.operator.metricsapi;

import java.util.Arrays;
import java.util.Optional;

/// What can be asked for.
enum Metric {
  /// How many pods a TaskWorker should have.
  WANTED_REPLICAS("warren_wanted_replicas"),
  /// Tasks of a TaskQueue that wait.
  READY("rabbitmq_queue_messages_ready"),
  /// Tasks of a TaskQueue that workers hold.
  UNACKNOWLEDGED("rabbitmq_queue_messages_unacked"),
  /// Both together.
  MESSAGES("rabbitmq_queue_messages");

  /// Its name in paths and documents.
  final String id;

  Metric(String id) {
    this.id = id;
  }

  static Optional<Metric> of(String id) {
    return Arrays.stream(values()).filter(metric -> metric.id.equals(id)).findFirst();
  }
}
