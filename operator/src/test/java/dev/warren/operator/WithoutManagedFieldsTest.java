package dev.warren.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WithoutManagedFieldsTest {
  private static final String POD =
      """
      apiVersion: v1
      kind: Pod
      metadata:
        name: resizer-0
        labels: {team: media}
        managedFields: [{manager: kubectl, operation: Apply}]
      """;

  @ParameterizedTest
  @ValueSource(classes = {Pod.class, GenericKubernetesResource.class})
  void readsAllButWhoSetWhat(Class<? extends HasMetadata> kind) {
    var metadata = WithoutManagedFields.serialization().unmarshal(POD, kind).getMetadata();

    assertThat(metadata.getName()).isEqualTo("resizer-0");
    assertThat(metadata.getLabels()).containsEntry("team", "media");
    assertThat(metadata.getManagedFields()).isEmpty();
    assertThat(metadata.getAdditionalProperties()).isEmpty();
  }
}
