package dev.warren.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DifferenceTest {
  private static final String DESIRED =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: resizer, labels: {a: b}}
      spec:
        replicas: 2
        template:
          spec:
            containers:
            - name: worker
              image: example/resize:1
              resources: {limits: {memory: 1024Mi, cpu: '0.5'}}
      """;

  @Test
  void existsWhenNothingIsThere() {
    assertThat(Difference.exists(deployment(DESIRED), Optional.empty())).isTrue();
  }

  @Test
  void isNotWhatAnApiServerAdds() {
    var found = deployment(DESIRED);
    found.getMetadata().setResourceVersion("17");
    found.getMetadata().getLabels().put("added", "by somebody");
    found.getSpec().setProgressDeadlineSeconds(600);
    found.getSpec().getTemplate().getSpec().setDnsPolicy("ClusterFirst");
    found.getSpec().getTemplate().getSpec().getContainers().getFirst().setImagePullPolicy("Always");

    assertThat(exists(found)).isFalse();
  }

  @Test
  void isNotAQuantityInAnotherForm() {
    assertThat(exists(deployment(DESIRED.replace("1024Mi", "1Gi").replace("'0.5'", "500m"))))
        .isFalse();
  }

  @Test
  void isAnotherQuantity() {
    assertThat(exists(deployment(DESIRED.replace("1024Mi", "1G")))).isTrue();
  }

  @Test
  void isAnotherValue() {
    assertThat(exists(deployment(DESIRED.replace("replicas: 2", "replicas: 3")))).isTrue();
  }

  @Test
  void isALabelThatSomebodyChanged() {
    assertThat(exists(deployment(DESIRED.replace("a: b", "a: c")))).isTrue();
  }

  @Test
  void isAFieldThatSomebodyTookAway() {
    assertThat(exists(deployment(DESIRED.replace("replicas: 2", "paused: true")))).isTrue();
  }

  @Test
  void isAnElementMoreInAList() {
    assertThat(exists(deployment(DESIRED + "      - name: other\n"))).isTrue();
  }

  private static boolean exists(Deployment found) {
    return Difference.exists(deployment(DESIRED), Optional.of(found));
  }

  private static Deployment deployment(String yaml) {
    return Serialization.unmarshal(yaml, Deployment.class);
  }
}
