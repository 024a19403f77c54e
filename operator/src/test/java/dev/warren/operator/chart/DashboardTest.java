package dev.warren.operator.chart;

import static java.util.stream.Collectors.joining;

import dev.warren.operator.testing.Golden;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DashboardTest {
  private static final Path FILE = Path.of("..", "charts", "tests", "dashboards.yaml");

  /// In a file for `promtool test rules`, which runs each and fails if one finds nothing.
  @Test
  void everyQueryIsRunAgainstRecordedMetrics() {
    var queries = Dashboard.all().flatMap(Dashboard::queries);

    Golden.check(
        FILE,
        """
        # Made by DashboardTest, for scripts/promtool: each query of charts/warren/files/dashboards finds a number in what is recorded in
        # charts/tests/metrics, with the labels that its legend shows; else `absent` finds something.
        tests:
          - interval: 1m
            input_series:
        %s\
            promql_expr_test:
        %s"""
            .formatted(
                recorded().map("      - %s\n"::formatted).collect(joining()),
                queries.map(DashboardTest::test).collect(joining())));
  }

  /// What Prometheus has of an operator and of two pods of a TaskWorker, by the chart's
  /// PodMonitors.
  private static Stream<String> recorded() {
    var operator = Map.of("namespace", "warren-system", "pod", "warren-operator-1");
    return Stream.concat(
        new RecordedMetrics("operator.txt").series(operator),
        Stream.of("mail-1", "mail-2")
            .map(pod -> Map.of("namespace", "email", "pod", pod, "taskworker", "mail"))
            .flatMap(new RecordedMetrics("worker.txt")::series));
  }

  private static String test(Dashboard.Query query) {
    return """
              # %s
              - {eval_time: 10m, expr: '%s'}
        """
        .formatted(query.of(), query.absence());
  }
}
