package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskWorker;
import dev.warren.operator.testing.Golden;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DesiredHpaTest {
  private static final Golden GOLDEN = Golden.folder("hpa");

  @ParameterizedTest
  @MethodSource("cases")
  void followsFromTheSpec(String name) {
    GOLDEN.check(name, hpa(worker(GOLDEN.input(name)), true));
  }

  static List<String> cases() {
    return GOLDEN.cases();
  }

  @Test
  void namesNoToleranceWhereThereIsNone() {
    var behavior = hpa(worker("autoscaling: {}"), false).getSpec().getBehavior();

    assertThat(behavior.getScaleUp().getTolerance()).isNull();
    assertThat(behavior.getScaleDown().getTolerance()).isNull();
  }

  private static HorizontalPodAutoscaler hpa(TaskWorker worker, boolean exact) {
    return DesiredHpa.of(worker, Objects.requireNonNull(worker.getSpec().autoscaling()), exact);
  }
}
