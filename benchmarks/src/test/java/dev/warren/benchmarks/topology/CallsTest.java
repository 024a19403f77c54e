package dev.warren.benchmarks.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.Metrics;
import dev.warren.benchmarks.platform.OperatorProcess;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsTest {
  private static final Metrics API =
      Metrics.parse(
          """
          apiserver_request_total{verb="LIST",group="warren.dev",resource="taskqueues"} 2
          apiserver_request_total{verb="PATCH",group="warren.dev",resource="taskqueues"} 5
          apiserver_request_total{verb="POST",group="",resource="secrets"} 7
          apiserver_request_total{verb="PUT",group="",resource="nodes"} 11
          apiserver_request_total{verb="PATCH",group="coordination.k8s.io",resource="leases"} 13
          apiserver_request_total{verb="POST",group="authorization.k8s.io",resource="selfsubjectrulesreviews"} 17
          apiserver_request_total{verb="GET",group="",resource=""} 19
          """,
          Cluster.REQUESTS);
  private static final Metrics BROKER =
      Metrics.parse(
          """
          warren_broker_requests_total{method="GET",outcome="success"} 100
          warren_broker_requests_total{method="PUT",outcome="success"} 20
          warren_broker_requests_total{method="DELETE",outcome="failure"} 3
          """,
          OperatorProcess.BROKER_REQUESTS);

  @Test
  void countsNeitherLeasesNorReviewsNorDiscovery() {
    assertThat(Calls.of(API, false, BROKER)).isEqualTo(new Calls(2, 5 + 7 + 11, 100, 23));
  }

  @Test
  void leavesOutWhatOthersWriteToASharedApiServer() {
    assertThat(Calls.of(API, true, BROKER).apiWrites()).isEqualTo(5 + 7);
  }

  @Test
  void doesNotTakeAMissingMetricForZero() {
    var none = new Metrics(List.of());

    assertThatExceptionOfType(BenchmarkException.class)
        .isThrownBy(() -> Calls.of(API, false, none))
        .withMessageContaining("warren_broker_requests_total");
    assertThatExceptionOfType(BenchmarkException.class)
        .isThrownBy(() -> Calls.of(none, false, BROKER))
        .withMessageContaining("apiserver_request_total");
  }

  @Test
  void subtractsAnEarlierCount() {
    var calls = new Calls(10, 20, 30, 40).since(new Calls(1, 2, 3, 4));

    assertThat(calls).isEqualTo(new Calls(9, 18, 27, 36));
    assertThat(calls.writes()).isEqualTo(54);
    assertThat(calls.total()).isEqualTo(90);
  }
}
