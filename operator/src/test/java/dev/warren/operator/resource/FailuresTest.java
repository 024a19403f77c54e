package dev.warren.operator.resource;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.broker.BrokerException.Kind;
import dev.warren.operator.broker.BrokerFailures;
import io.fabric8.kubernetes.client.KubernetesClientException;
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
        .isEqualTo(Verdict.notReady(reason, "why, and what to do"));
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
}
