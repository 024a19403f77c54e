package dev.warren.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.worker.EngineState;
import dev.warren.worker.TaskStatus;
import dev.warren.worker.flow.Adaptation;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What a scrape shows.
class TaskMetricsTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String SPAN = "b7ad6b7169203331";
  private static final String TEXT = "text/plain; version=0.0.4";
  private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";

  private final TaskMetrics metrics = new TaskMetrics("resize", Optional.of(new CurrentSpan()));

  @Test
  void leadsFromABucketToTheTraceOfASample() {
    inSpan(TraceFlags.getSampled(), () -> metrics.completed(Duration.ofSeconds(3)));

    assertThat(metrics.scrape(OPEN_METRICS).lines())
        .filteredOn(line -> line.startsWith("task_critical_seconds_bucket") && line.contains("#"))
        .singleElement()
        .asString()
        .contains("le=\"4.096\"", "trace_id=\"" + TRACE + "\"", "span_id=\"" + SPAN + "\"");
    assertThat(metrics.scrape(TEXT)).doesNotContain(TRACE);
  }

  @Test
  void leadsToNoTraceThatIsNotSampled() {
    inSpan(TraceFlags.getDefault(), () -> metrics.completed(Duration.ofSeconds(3)));

    assertThat(metrics.scrape(OPEN_METRICS))
        .contains("task_critical_seconds_count")
        .doesNotContain(TRACE);
  }

  @Test
  void countsTheSameWithoutTraces() {
    var untraced = new TaskMetrics("resize", Optional.empty());

    untraced.settled(TaskStatus.DONE);
    inSpan(TraceFlags.getSampled(), () -> untraced.completed(Duration.ofSeconds(3)));

    assertThat(untraced.scrape(OPEN_METRICS))
        .contains("task_critical_seconds_sum{queue=\"resize\"} 3.0")
        .contains("tasks_processed_total{outcome=\"done\",queue=\"resize\"} 1.0")
        .doesNotContain(TRACE);
  }

  @Test
  void countsDeadLettersByReason() {
    metrics.deadLettered("Fail");
    metrics.deadLettered("java.io.IOException");
    metrics.deadLettered("java.io.IOException");

    assertThat(metrics.scrape(TEXT).lines())
        .contains(
            "task_dead_letters_total{queue=\"resize\",reason=\"Fail\"} 1.0",
            "task_dead_letters_total{queue=\"resize\",reason=\"java.io.IOException\"} 2.0");
  }

  @Test
  void tellsDecisionsOfAdaptiveConcurrencyByDirectionAndReason() {
    metrics.observe(
        () ->
            new EngineState(
                10,
                0,
                0,
                13,
                0,
                0,
                0,
                Map.of(Adaptation.SATURATED, 5L, Adaptation.MEMORY, 2L),
                ""));

    assertThat(metrics.scrape(TEXT).lines())
        .contains(
            "task_adaptations_total{direction=\"up\",queue=\"resize\",reason=\"saturated\"} 5.0",
            "task_adaptations_total{direction=\"down\",queue=\"resize\",reason=\"slow\"} 0.0",
            "task_adaptations_total{direction=\"down\",queue=\"resize\",reason=\"memory\"} 2.0");
  }

  private static void inSpan(TraceFlags flags, Runnable body) {
    var span = Span.wrap(SpanContext.create(TRACE, SPAN, flags, TraceState.getDefault()));
    try (var _ = span.makeCurrent()) {
      body.run();
    }
  }
}
