package dev.warren.operator.resource;

import static dev.warren.operator.testing.Resources.NOW;
import static dev.warren.operator.testing.Resources.annotated;
import static dev.warren.operator.testing.Resources.deleted;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.reconciled;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorthReconcilingTest {
  private final TaskQueue before = queue("{}");
  private final TaskQueue after = queue("{}");

  @Test
  void isAChangeOfTheSpec() {
    after.getMetadata().setGeneration(2L);

    assertThat(accepted()).isTrue();
  }

  @Test
  void isADeletion() {
    deleted(after, NOW);

    assertThat(accepted()).isTrue();
  }

  @Test
  void isAFinalizer() {
    after.getMetadata().setFinalizers(List.of("warren.dev/taskqueue"));

    assertThat(accepted()).isTrue();
  }

  @Test
  void isAnAnnotationThatWarrenKnows() {
    annotated(after, "warren.dev/reconcile", "observe");

    assertThat(accepted()).isTrue();
  }

  @Test
  void isAnAnnotationThatWasTakenAway() {
    annotated(before, "warren.dev/reconcile", "observe");
    after.getMetadata().setAnnotations(Map.of());

    assertThat(accepted()).isTrue();
  }

  @Test
  void isNoAnnotationOfSomebodyElse() {
    annotated(after, "kubectl.kubernetes.io/last-applied-configuration", "{}");

    assertThat(accepted()).isFalse();
  }

  @Test
  void isNoStatus() {
    reconciled(after);
    after.getMetadata().setResourceVersion("17");

    assertThat(accepted()).isFalse();
  }

  private boolean accepted() {
    return new WorthReconciling().accept(after, before);
  }
}
