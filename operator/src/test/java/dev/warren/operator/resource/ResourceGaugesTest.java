package dev.warren.operator.resource;

import static dev.warren.operator.testing.Resources.queue;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.resource.ResourceGauges.Gauge;
import dev.warren.operator.testing.Resources;
import io.fabric8.kubernetes.api.model.Condition;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResourceGaugesTest {
  private final List<TaskQueue> queues = new ArrayList<>(List.of(queue("{}")));
  private @Nullable List<Condition> conditions;

  @Test
  void tellsEachFigureAndEachCondition() throws IOException {
    conditions =
        Conditions.of(
            List.of(
                Verdict.ready("Reconciled", "all is well"),
                Verdict.progressing(false, "MigrationPending", "a change waits")),
            null,
            1L,
            Resources.NOW);

    assertThat(scrape())
        .contains(
            "warren_taskqueue_length{namespace=\"media\",taskqueue=\"image-resize\"} 3.0",
            "warren_taskqueue_condition{namespace=\"media\",taskqueue=\"image-resize\",type=\"Ready\"} 1.0",
            "warren_taskqueue_condition{namespace=\"media\",taskqueue=\"image-resize\",type=\"Progressing\"} 0.0",
            "warren_taskqueue_condition{namespace=\"media\",taskqueue=\"image-resize\",type=\"Degraded\"} 0.0");
  }

  @Test
  void saysNothingOfConditionsBeforeItLooked() throws IOException {
    assertThat(scrape()).contains("warren_taskqueue_length{").doesNotContain("_condition{");
  }

  @Test
  void hasNothingOfWhatIsGone() throws IOException {
    queues.clear();

    assertThat(scrape()).doesNotContain("{");
  }

  private String scrape() throws IOException {
    var registry = new PrometheusRegistry();
    registry.register(
        new ResourceGauges<>(
            TaskQueue.class,
            queues::stream,
            _ -> conditions,
            List.of(new Gauge<>("length", "How long it is", _ -> 3))));
    var text = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(text, registry.scrape());
    return text.toString(StandardCharsets.UTF_8);
  }
}
