package dev.warren.benchmarks.scaling;

import dev.warren.benchmarks.harness.Percentile;
import dev.warren.benchmarks.harness.ResultFile;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;

/// Says what was measured as soon as it was, and keeps it as a raw result. For one thread.
///
/// @param brokerVersion goes with each
record ScalingReport(ResultFile results, String brokerVersion) {
  private static String figuresFrom(ScalingOptions options) {
    return options.byMetrics() ? "Prometheus" : "Management";
  }

  void load(ScalingOptions options, String apiServer) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%,d TaskWorkers (%s queues) in %,d namespaces; figures from %s; %s; %s; load average %.1f%n",
        options.workers(),
        options.type().argument(),
        options.namespaces(),
        figuresFrom(options),
        brokerVersion,
        apiServer,
        ResultFile.loadAverage());
    var figures = figures("load");
    figures.put("workers", options.workers());
    figures.put("namespaces", options.namespaces());
    figures.put("queue_type", options.type().argument());
    figures.put("figures_from", figuresFrom(options));
    figures.put("api_server", apiServer);
    keep(figures);
  }

  /// @param doing what they did meanwhile
  void strain(String doing, int workers, Strain strain) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%-10s %,7d workers   cores: broker %.3f, operator %.3f, API server %.3f%n",
        doing,
        workers,
        strain.cores(strain.broker()),
        strain.cores(strain.operator()),
        strain.cores(strain.apiServer()));
    var figures = figures(doing);
    figures.put("workers", workers);
    figures.put("period_ms", strain.period().toMillis());
    figures.put("broker_cpu_ms", strain.broker().toMillis());
    figures.put("operator_cpu_ms", strain.operator().toMillis());
    figures.put("api_server_cpu_ms", strain.apiServer().toMillis());
    keep(figures);
  }

  void backlogs(Backlogs backlogs) throws IOException {
    var delays = backlogs.delays();
    System.out.printf(
        Locale.ROOT,
        "from publish to the size written: %,d ms p50, %,d ms p99, %,d ms at most, of %d backlogs%n",
        millis(50, delays),
        millis(99, delays),
        millis(100, delays),
        delays.size());
    var figures = figures("backlogs");
    figures.put("delay_ms", delays.stream().map(Duration::toMillis).toList());
    keep(figures);
  }

  void reading(Reading reading) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%-28s %,4d ms for %,d queues, %,d ms of the broker's CPU%n",
        reading.way(),
        reading.median().toMillis(),
        reading.queues(),
        reading.brokerCpu().toMillis());
    var figures = figures("reading");
    figures.put("way", reading.way());
    figures.put("queues", reading.queues());
    figures.put("median_ms", reading.median().toMillis());
    figures.put("broker_cpu_ms", reading.brokerCpu().toMillis());
    keep(figures);
  }

  /// @param rest of all workers
  void result(Backlogs backlogs, Strain rest) {
    System.out.printf(Locale.ROOT, "Raw results: %s%n", results.path());
    System.out.println(line(backlogs, rest));
  }

  /// The last line of a run, for scripts.
  static String line(Backlogs backlogs, Strain rest) {
    return String.format(
        Locale.ROOT,
        "result: size_p50_ms=%d size_p99_ms=%d broker_cores_at_rest=%.3f operator_cores_at_rest=%.3f",
        millis(50, backlogs.delays()),
        millis(99, backlogs.delays()),
        rest.cores(rest.broker()),
        rest.cores(rest.operator()));
  }

  private static long millis(int percent, List<Duration> durations) {
    return Percentile.of(percent, durations).toMillis();
  }

  private static SequencedMap<String, Object> figures(String measurement) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("measurement", measurement);
    return figures;
  }

  private void keep(SequencedMap<String, Object> figures) throws IOException {
    results.append(brokerVersion, figures);
  }
}
