package dev.warren.benchmarks.topology;

import com.sun.management.OperatingSystemMXBean;
import dev.warren.benchmarks.harness.Percentile;
import dev.warren.benchmarks.harness.ResultFile;
import dev.warren.benchmarks.platform.Memory;
import dev.warren.benchmarks.platform.OperatorProcess;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;

/// Says what was measured as soon as it was, and keeps it as a raw result. For one thread.
///
/// @param results takes the raw results
/// @param brokerVersion goes with each
record Report(ResultFile results, String brokerVersion) {
  private static final long MIB = 1_024 * 1_024;

  /// The load, before anything is done.
  void load(TopologyOptions options, String apiServer) throws IOException {
    var cores = Runtime.getRuntime().availableProcessors();
    System.out.printf(
        Locale.ROOT,
        "%,d TaskQueues (%s) in %,d namespaces, each with a vhost, %,d changes; %s; %s%n",
        options.queues(),
        options.type().argument(),
        options.namespaces(),
        options.changes(),
        brokerVersion,
        apiServer);
    System.out.printf(
        Locale.ROOT,
        "%d cores and %,d MiB of memory for all of them, load average %.1f; operator's JVM %s%n",
        cores,
        machineMib(),
        ResultFile.loadAverage(),
        String.join(" ", OperatorProcess.JVM));
    var figures = figures("load");
    figures.put("queues", options.queues());
    figures.put("namespaces", options.namespaces());
    figures.put("queue_type", options.type().argument());
    figures.put("changes", options.changes());
    figures.put("api_server", apiServer);
    figures.put("cores", cores);
    figures.put("memory_mib", machineMib());
    figures.put("operator_jvm", OperatorProcess.JVM);
    keep(figures);
  }

  void baseline(Baseline baseline) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "bare declares   %8.1f /s   %d queues and %d bindings each, in %s; users, permissions and policies not among them%n",
        baseline.rate(),
        baseline.objects().queues().size(),
        baseline.objects().bindings().size(),
        seconds(baseline.duration()));
    var figures = figures("baseline");
    figures.put("queues", baseline.queues());
    figures.put("duration_ms", baseline.duration().toMillis());
    figures.put("per_s", baseline.rate());
    figures.put("objects", baseline.objects().toString());
    keep(figures);
  }

  void application(Application application) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "applied         %8.1f /s   all created after %s, all ready after %s%n",
        application.rate(),
        seconds(application.created()),
        seconds(application.ready()));
    System.out.printf(
        "                            for each: %s%n",
        application.calls().each(application.queues()));
    System.out.printf(
        "                            CPU for each: %s%n",
        application.cpu().each(application.queues()));
    var figures = figures("application");
    figures.put("queues", application.queues());
    figures.put("created_ms", application.created().toMillis());
    figures.put("ready_ms", application.ready().toMillis());
    figures.put("per_s", application.rate());
    put(figures, application.calls());
    figures.put("operator_cpu_ms", application.cpu().operator().toMillis());
    figures.put("api_server_cpu_ms", application.cpu().apiServer().toMillis());
    figures.put("benchmark_cpu_ms", application.cpu().benchmark().toMillis());
    keep(figures);
  }

  void rest(Rest rest) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "at rest         %8d writes in %s, %.1f calls a minute (leases excluded): %s%s%n",
        rest.calls().writes(),
        seconds(rest.period()),
        rest.callsPerMinute(),
        rest.calls(),
        rest.settled() ? "" : "; the writes had not ended before");
    var figures = figures("rest");
    figures.put("settled", rest.settled());
    figures.put("period_ms", rest.period().toMillis());
    figures.put("calls_per_min", rest.callsPerMinute());
    put(figures, rest.calls());
    keep(figures);
  }

  void changes(Changes changes) throws IOException {
    var durations = changes.durations();
    System.out.printf(
        Locale.ROOT,
        "changes         %8d ms p50, %d ms p99 of %d: maxLength, one of a few values, and routingKeys in turn%n",
        Percentile.of(50, durations).toMillis(),
        Percentile.of(99, durations).toMillis(),
        durations.size());
    var figures = figures("changes");
    figures.put("duration_ms", durations.stream().map(Duration::toMillis).toList());
    keep(figures);
  }

  void restart(Restart restart) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "restart         %8.1f s    to settled, ready after %s; %d reconciliations, %d writes: %s%n",
        restart.settled().toMillis() / 1e3,
        seconds(restart.ready()),
        restart.reconciliations(),
        restart.calls().writes(),
        restart.calls());
    var figures = figures("restart");
    figures.put("ready_ms", restart.ready().toMillis());
    figures.put("settled_ms", restart.settled().toMillis());
    figures.put("reconciliations", restart.reconciliations());
    put(figures, restart.calls());
    keep(figures);
  }

  void memory(String when, Memory memory) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "memory          %8d MiB  resident at most, now %d, heap %d after a collection, %s%n",
        memory.peak(),
        memory.rss(),
        memory.heap(),
        when);
    var figures = figures("memory");
    figures.put("when", when);
    figures.put("heap_mib", memory.heap());
    figures.put("rss_mib", memory.rss());
    figures.put("peak_rss_mib", memory.peak());
    keep(figures);
  }

  void result(Result result) throws IOException {
    var figures = figures("result");
    figures.put(
        "first_change_after_restart_ms",
        result.restarted().change().durations().getFirst().toMillis());
    figures.put("line", result.line());
    keep(figures);
    System.out.printf(Locale.ROOT, "Raw results: %s%n", results.path());
    System.out.println(result.line());
  }

  private static void put(SequencedMap<String, Object> figures, Calls calls) {
    figures.put("api_reads", calls.apiReads());
    figures.put("api_writes", calls.apiWrites());
    figures.put("broker_reads", calls.brokerReads());
    figures.put("broker_writes", calls.brokerWrites());
  }

  private static SequencedMap<String, Object> figures(String measurement) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("measurement", measurement);
    return figures;
  }

  private void keep(SequencedMap<String, Object> figures) throws IOException {
    results.append(brokerVersion, figures);
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
  }

  private static long machineMib() {
    var bean = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return bean.getTotalMemorySize() / MIB;
  }
}
