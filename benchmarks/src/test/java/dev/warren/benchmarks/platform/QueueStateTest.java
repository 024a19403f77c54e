package dev.warren.benchmarks.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;

class QueueStateTest {
  @Test
  void isSettledWhenReadyAtItsGeneration() {
    var state = state(2, "{observedGeneration: 2, conditions: [{type: Ready, status: 'True'}]}");

    assertThat(state.isSettled()).isTrue();
  }

  @Test
  void isNotSettledWhenReadyAtAnEarlierGeneration() {
    var state = state(3, "{observedGeneration: 2, conditions: [{type: Ready, status: 'True'}]}");

    assertThat(state.isSettled()).isFalse();
  }

  @Test
  void saysWhyItIsNotReady() {
    var state =
        state(
            1,
            "{observedGeneration: 1, conditions: [{type: Ready, status: 'False', reason: Conflict, message: taken}]}");

    assertThat(state.isSettled()).isFalse();
    assertThat(state.reason()).isEqualTo("Conflict: taken");
  }

  @Test
  void isNotSettledWithoutAStatus() {
    assertThat(state(1, "{}").isSettled()).isFalse();
  }

  private static QueueState state(long generation, String status) {
    return QueueState.of(
        Serialization.unmarshal(
            """
            apiVersion: warren.dev/v1alpha1
            kind: TaskQueue
            metadata: {name: mail, generation: %d}
            status: %s
            """
                .formatted(generation, status),
            GenericKubernetesResource.class));
  }
}
