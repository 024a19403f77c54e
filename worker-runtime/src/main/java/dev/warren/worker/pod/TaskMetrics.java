package dev.warren.worker.pod;

import dev.warren.worker.EngineState;
import dev.warren.worker.TaskMonitor;
import dev.warren.worker.TaskStatus;
import dev.warren.worker.flow.Adaptation;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.tracer.common.SpanContext;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/// Counts tasks in Prometheus' terms, labelled with the queue; whoever scrapes a pod adds the pod.
/// Safe for use by many threads.
///
/// | metric | meaning |
/// |---|---|
/// | `tasks_processed_total{outcome}` | deliveries that ended, by `done`, `retry`, `snooze`, `fail`, `drop`, `returned` |
/// | `task_process_seconds` | time in the handler |
/// | `task_wait_seconds` | time from the publishing of a task to the start of its first attempt |
/// | `task_critical_seconds` | time from the publishing of a task until it is done, retries included |
/// | `tasks_in_flight` | handlers that run |
/// | `task_retries_total` | retries that the broker has confirmed |
/// | `task_permits` | tasks that may run at once |
/// | `tasks_waiting` | deliveries that have not started |
/// | `task_window` | deliveries that may be outstanding; 0 while nothing is fetched, by plan |
/// | `tasks_hung` | handlers that go on after their deadline and the interrupt |
/// | `task_breaker` | circuit breaker: 0 closed or none, 1 probing, 2 open |
/// | `task_limiter_waits_total` | how often a task had to wait for the rate limit |
/// | `task_adaptations_total{direction,reason}` | changes of adaptive concurrency: `up` by `saturated`, `down` by `slow`, `memory` |
/// | `task_dead_letters_total{reason}` | dead letters that the broker has confirmed; the reason is their header `warren-error-class` |
///
/// The buckets of the four times hold the trace and the span of a recent sample as exemplars, if
/// the pod traces; the OpenMetrics format shows them.
final class TaskMetrics implements TaskMonitor {
  /// 1 ms to about 70 minutes, each bound four times the one before.
  static final Duration[] BUCKETS =
      IntStream.range(0, 12)
          .mapToObj(power -> Duration.ofMillis(1L << (2 * power)))
          .toArray(Duration[]::new);

  private final PrometheusMeterRegistry registry;
  private final Map<TaskStatus, Counter> processed = new EnumMap<>(TaskStatus.class);
  private final Tags tags;
  private final Counter retries;
  private final Timer process;
  private final Timer wait;
  private final Timer critical;
  private final AtomicInteger inFlight = new AtomicInteger();

  /// @param spans where the span that belongs to a measurement is found; empty without traces
  TaskMetrics(String queue, Optional<SpanContext> spans) {
    registry =
        new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT, new PrometheusRegistry(), Clock.SYSTEM, spans.orElse(null));
    tags = Tags.of("queue", queue);
    for (var status : TaskStatus.values()) {
      processed.put(
          status, registry.counter("tasks.processed", tags.and(Tag.of("outcome", status.label()))));
    }
    retries = registry.counter("task.retries", tags);
    process = timer("task.process", tags);
    wait = timer("task.wait", tags);
    critical = timer("task.critical", tags);
    Gauge.builder("tasks.in.flight", inFlight, AtomicInteger::get).tags(tags).register(registry);
  }

  /// Tells also what the engine does at each scrape.
  void observe(Supplier<EngineState> engine) {
    gauge("task.permits", engine, EngineState::permits);
    gauge("tasks.waiting", engine, EngineState::waiting);
    gauge("task.window", engine, EngineState::window);
    gauge("tasks.hung", engine, EngineState::hung);
    gauge("task.breaker", engine, EngineState::breaker);
    FunctionCounter.builder("task.limiter.waits", engine, of -> of.get().limiterWaits())
        .tags(tags)
        .register(registry);
    for (var adaptation : Adaptation.values()) {
      FunctionCounter.builder(
              "task.adaptations", engine, of -> of.get().adaptations().getOrDefault(adaptation, 0L))
          .tags(tags.and("direction", adaptation.direction(), "reason", adaptation.reason()))
          .register(registry);
    }
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
  public void completed(Duration sincePublished) {
    critical.record(sincePublished);
  }

  @Override
  public void settled(TaskStatus status) {
    Objects.requireNonNull(processed.get(status)).increment();
    if (status == TaskStatus.RETRY) {
      retries.increment();
    }
  }

  @Override
  public void deadLettered(String errorClass) {
    registry.counter("task.dead.letters", tags.and("reason", errorClass)).increment();
  }

  /// Where further metrics of the pod go.
  MeterRegistry registry() {
    return registry;
  }

  /// Everything in the format of this content type: Prometheus' text or OpenMetrics.
  String scrape(String contentType) {
    return registry.scrape(contentType);
  }

  private void gauge(
      String name, Supplier<EngineState> engine, ToDoubleFunction<EngineState> figure) {
    Gauge.builder(name, engine, of -> figure.applyAsDouble(of.get()))
        .strongReference(true)
        .tags(tags)
        .register(registry);
  }

  private Timer timer(String name, Tags tags) {
    return Timer.builder(name).tags(tags).serviceLevelObjectives(BUCKETS).register(registry);
  }
}
