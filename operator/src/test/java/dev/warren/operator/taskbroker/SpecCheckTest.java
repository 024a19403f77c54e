package dev.warren.operator.taskbroker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskBroker;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpecCheckTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          namespaceSelector: {matchExpressions: [{key: a, operator: Is}]}  | spec.namespaceSelector.matchExpressions[0].operator is 'Is'; use In
          namespaceSelector: {matchExpressions: [{key: a, operator: In}]}  | spec.namespaceSelector.matchExpressions[0] has no values
          namespaceSelector: {matchExpressions: [{operator: Exists}]}      | spec.namespaceSelector.matchExpressions[0] has no key
          vhostPolicy: {type: Fixed, vhost: ..}                            | spec.vhostPolicy.vhost is '..'; use
          consumerTimeout: soon                                            | spec.consumerTimeout: 'soon' is not a duration
          consumerTimeout: 0s                                              | spec.consumerTimeout is '0s'; use 1ms or more
          defaults: {messageTtl: 0s}                                       | spec.defaults.messageTtl is '0s'; use
          defaults: {retry: {initialDelay: 1h, maxDelay: 1m}}              | spec.defaults.retry.maxDelay is 1m, less than
          """)
  void namesFieldValueAndRemedy(String spec, String problem) {
    assertThat(SpecCheck.problems(broker(spec))).singleElement().asString().startsWith(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vhostPolicy: {type: Fixed, vhost: /}",
        "consumerTimeout: 2h",
        "namespaceSelector: {matchExpressions: [{key: a, operator: In, values: [b]}]}",
        "defaults: {maxLength: 5}, ceilings: {maxLength: 5}"
      })
  void findsNothingWrongWithWhatIsRight(String spec) {
    assertThat(SpecCheck.problems(broker(spec))).isEmpty();
  }

  private static TaskBroker broker(String spec) {
    return Serialization.unmarshal(
        """
        metadata: {name: default}
        spec: {secretRef: {name: a, namespace: a}, %s}
        """
            .formatted(spec),
        TaskBroker.class);
  }
}
