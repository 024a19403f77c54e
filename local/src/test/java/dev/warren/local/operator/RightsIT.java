package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.testing.TestBroker;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The rights that the chart gives an operator that watches all namespaces.
class RightsIT {
  @Test
  void admitAllThatTheOperatorAsksFor() throws IOException {
    try (var cluster = TestCluster.withRights(TestBroker.withNewVhost(), List.of())) {
      cluster.applyQueue("jobs", "type: Classic");
      cluster.applyWorker(
          "jobs", "queue: jobs, replicas: 0, handler: {java: {className: com.acme.Handler}}");

      cluster.awaitQueue("jobs", reason("Reconciled"));
      cluster.awaitWorker("jobs", reason("ScaledToZero"));

      assertThat(cluster.operator().log()).doesNotContain("forbidden");
    }
  }
}
