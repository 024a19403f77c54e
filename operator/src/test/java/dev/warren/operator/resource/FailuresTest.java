package dev.warren.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.BrokerException.Kind;
import dev.warren.operator.broker.BrokerFailures;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.OperatorException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailuresTest {
  @ParameterizedTest
  @CsvSource({
    "UNREACHABLE,BrokerUnreachable",
    "UNAUTHORIZED,BrokerUnauthorized",
    "REFUSED,BrokerRefused"
  })
  void repeatWhatABrokerSays(Kind kind, String reason) {
    assertThat(Failures.verdict(BrokerFailures.of(kind, "why, and what to do")))
        .satisfies(
            verdict -> assertThat(verdict.reason()).isEqualTo(reason),
            verdict -> assertThat(verdict.message()).startsWith("why, and what to do"));
  }

  @Test
  void leaveOutWhatChangesInAnAnswerOfTheApiServer() {
    var conflict = new KubernetesClientException("resourceVersion 4711 is stale", 409, null);

    assertThat(Failures.verdict(conflict))
        .isEqualTo(
            Verdict.notReady(
                "ApiServerRefused",
                "the API server answered 409; see the operator's log for the request"));
  }

  @Test
  void leaveOutTheMessageOfWhatNobodyExpected() {
    assertThat(Failures.verdict(new IllegalStateException("at 12:00:01")))
        .isEqualTo(
            Verdict.notReady("InternalError", "IllegalStateException; see the operator's log"));
  }

  @Test
  void lookIntoWhatTheFrameworkWraps() {
    var refused = BrokerFailures.of(Kind.REFUSED, "invalid arg 'x-max-length'");

    assertThat(Failures.verdict(new OperatorException(refused)).message())
        .isEqualTo("invalid arg 'x-max-length'; correct what it names");
    assertThat(Failures.isRefusal(new OperatorException(refused))).isTrue();
  }

  @Test
  void quoteWhatTheApiServerSaysOfAnInvalidObject() {
    var status = new StatusBuilder().withMessage("spec.replicas: Invalid value: -1").build();
    var invalid = new KubernetesClientException("PATCH", 422, status);

    assertThat(Failures.verdict(invalid).message())
        .isEqualTo(
            "spec.replicas: Invalid value: -1; correct what it names, for pods in spec.podTemplate");
    assertThat(Failures.isRefusal(invalid)).isTrue();
  }

  @Test
  void areTriedAgainWhenTheyMayPass() {
    assertThat(Failures.isRefusal(BrokerFailures.of(Kind.UNREACHABLE, "away"))).isFalse();
    assertThat(Failures.isRefusal(new KubernetesClientException("conflict", 409, null))).isFalse();
  }
}
