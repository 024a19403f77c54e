package dev.warren.operator.taskworker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PodTemplateMergeTest {
  private static final String GENERATED =
      """
      metadata: {labels: {app: resizer}}
      spec:
        terminationGracePeriodSeconds: 630
        tolerations: [{key: a, operator: Exists}]
        containers:
        - name: worker
          image: example/resize:1
          env: [{name: A, value: '1'}, {name: B, value: '2'}]
          volumeMounts: [{name: binding, mountPath: /bindings}]
        volumes: [{name: binding, secret: {secretName: binding}}]
      """;

  @Test
  void isTheGeneratedTemplateWithoutOverrides() {
    assertThat(merge("{}")).isEqualTo(template(GENERATED));
  }

  @Test
  void mergesObjectsFieldByField() {
    var merged = merge("metadata: {labels: {team: media}}\nspec: {nodeName: n1}");

    assertThat(merged.getMetadata().getLabels())
        .containsExactly(Map.entry("app", "resizer"), Map.entry("team", "media"));
    assertThat(merged.getSpec().getNodeName()).isEqualTo("n1");
    assertThat(merged.getSpec().getTerminationGracePeriodSeconds()).isEqualTo(630);
  }

  @Test
  void mergesListsOfNamedThingsByName() {
    var merged =
        merge(
            """
            spec:
              containers:
              - name: worker
                resources: {limits: {memory: 1Gi}}
                env: [{name: B, value: '3'}, {name: C, value: '4'}]
              - name: sidecar
                image: example/sidecar:1
            """);

    assertThat(merged)
        .isEqualTo(
            template(
                GENERATED
                    .replace("value: '2'}]", "value: '3'}, {name: C, value: '4'}]")
                    .replace(
                        "  volumes:",
                        """
                            resources: {limits: {memory: 1Gi}}
                          - name: sidecar
                            image: example/sidecar:1
                          volumes:\
                        """)));
  }

  @Test
  void mountsAVolumeAsOftenAsItIsAskedTo() {
    var merged =
        merge(
            """
            spec:
              containers:
              - name: worker
                volumeMounts: [{name: data, mountPath: /in}, {name: data, mountPath: /out}]
            """);

    assertThat(merged.getSpec().getContainers().getFirst().getVolumeMounts())
        .extracting(mount -> mount.getName() + " at " + mount.getMountPath())
        .containsExactly("binding at /bindings", "data at /in", "data at /out");
  }

  @Test
  void replacesOtherListsAsAWhole() {
    var merged = merge("spec: {tolerations: [{key: b, operator: Exists}]}");

    assertThat(merged.getSpec().getTolerations())
        .singleElement()
        .satisfies(toleration -> assertThat(toleration.getKey()).isEqualTo("b"));
  }

  @Test
  void takesAFieldOutThatIsSetToNull() {
    assertThat(merge("spec: {terminationGracePeriodSeconds: null}").getSpec())
        .satisfies(spec -> assertThat(spec.getTerminationGracePeriodSeconds()).isNull());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"spec: text", "spec: {containers: text}", "spec: {activeDeadlineSeconds: soon}"})
  void refusesWhatIsNoPodTemplate(String overrides) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> merge(overrides))
        .withMessageMatching(
            "spec\\.podTemplate\\.spec\\S* is not of the type .* kubectl explain .*");
  }

  @SuppressWarnings("unchecked")
  private static PodTemplateSpec merge(String overrides) {
    return PodTemplateMerge.merge(
        template(GENERATED), Serialization.unmarshal(overrides, Map.class));
  }

  private static PodTemplateSpec template(String yaml) {
    return Serialization.unmarshal(yaml, PodTemplateSpec.class);
  }
}
