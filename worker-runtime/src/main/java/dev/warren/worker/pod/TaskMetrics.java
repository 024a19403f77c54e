package dev.warren.worker.pod;

import dev.warren.worker.TaskMonitor;
import dev.warren.worker.TaskStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Counts tasks in Prometheus' terms, labelled with the queue; whoever scrapes a pod adds the pod.
/// Safe for use by many threads.
///
/// | metric | meaning |
/// |---|---|
/// | `tasks_processed_total{outcome}` | deliveries that ended, by `done`, `retry`, `snooze`, `fail`, `drop`, `returned` |
/// | `task_process_seconds` | time in the handler |
/// | `task_wait_seconds` | time from the publishing of a task to the start of its first attempt |
/// | `tasks_in_flight` | handlers that run |
/// | `task_retries_total` | retries that the broker has confirmed |
/// | `task_dead_letters_total` | dead letters that the broker has confirmed |
final class TaskMetrics implements TaskMonitor {
  /// 1 ms to about 70 minutes, each bound four times the one before.
  private static final Duration[] BUCKETS =
      IntStream.range(0, 12)
          .mapToObj(power -> Duration.ofMillis(1L << (2 * power)))
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Map<TaskStatus, Counter> processed = new EnumMap<>(TaskStatus.class);
  private final Counter retries;
  private final Counter deadLetters;
  private final Timer process;
  private final Timer wait;
  private final AtomicInteger inFlight = new AtomicInteger();

  TaskMetrics(String queue) {
    var tags = Tags.of("queue", queue);
    for (var status : TaskStatus.values()) {
      processed.put(
          status, registry.counter("tasks.processed", tags.and(Tag.of("outcome", status.label()))));
    }
    retries = registry.counter("task.retries", tags);
    deadLetters = registry.counter("task.dead.letters", tags);
    process = timer("task.process", tags);
    wait = timer("task.wait", tags);
    Gauge.builder("tasks.in.flight", inFlight, AtomicInteger::get).tags(tags).register(registry);
  }

  @Override
  public void waited(Duration duration) {
    wait.record(duration);
  }

  @Override
  public void started() {
    inFlight.incrementAndGet();
  }

  @Override
  public void finished(Duration took) {
    inFlight.decrementAndGet();
    process.record(took);
  }

  @Override
  public void settled(TaskStatus status) {
    Objects.requireNonNull(processed.get(status)).increment();
    switch (status) {
      case RETRY -> retries.increment();
      case FAIL -> deadLetters.increment();
      case DONE, SNOOZE, DROP, RETURNED -> {}
    }
  }

  /// Everything in Prometheus' text format.
  String scrape() {
    return registry.scrape();
  }

  private Timer timer(String name, Tags tags) {
    return Timer.builder(name).tags(tags).serviceLevelObjectives(BUCKETS).register(registry);
  }
}
