package dev.warren.benchmarks.worker;

import com.rabbitmq.client.Connection;
import com.sun.management.OperatingSystemMXBean;
import dev.warren.benchmarks.harness.ResultFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Tells what a run finds: each turn as it ends, kept as raw results too; at the end the table, the
/// picture and the last line. For one thread.
///
/// @param results takes the raw results
/// @param brokerVersion goes with each
record WorkerReport(ResultFile results, String brokerVersion) {
  private static final long MIB = 1_024 * 1_024;

  static WorkerReport create(ResultFile results, Connection connection) {
    var properties = connection.getServerProperties();
    return new WorkerReport(results, properties.get("product") + " " + properties.get("version"));
  }

  /// What the run runs on, and its load before anything is done.
  void machine(WorkerOptions options) throws IOException {
    var cores = Runtime.getRuntime().availableProcessors();
    System.out.printf(
        Locale.ROOT,
        "%s; %d cores and %,d MiB for all, load average %.1f; %d rounds; JVMs %s%n",
        brokerVersion,
        cores,
        machineMib(),
        ResultFile.loadAverage(),
        options.rounds(),
        String.join(" ", Launcher.JVM));
    var figures = new LinkedHashMap<String, Object>();
    figures.put("measurement", "machine");
    figures.put("cores", cores);
    figures.put("memory_mib", machineMib());
    figures.put("size", options.quick() ? "quick" : "full");
    figures.put("rounds", options.rounds());
    figures.put("jvm", Launcher.JVM);
    figures.put("worker_jvm", options.images().workerJvm());
    results.append(brokerVersion, figures);
  }

  /// One whom this machine lacks.
  void skipped(Row row, Contestant contestant) {
    System.out.printf("%s: %s is not installed, skipped%n", row.id(), contestant.text());
  }

  /// What the loads of the latencies are shares of.
  void capacity(Row row, double rate) throws IOException {
    System.out.printf(
        Locale.ROOT,
        "%s: the bare loop takes %,.0f tasks a second while they are published%n",
        row.id(),
        rate);
    var figures = new LinkedHashMap<String, Object>();
    figures.put("measurement", "capacity");
    figures.put("row", row.id());
    figures.put("rate", rate);
    results.append(brokerVersion, figures);
  }

  /// A turn that has ended.
  void measured(Measurement measurement) throws IOException {
    results.append(brokerVersion, figures(measurement));
    System.out.printf(
        "%-18s %-8s %-13s %s%n",
        measurement.row(),
        measurement.round() > 0 ? "round " + measurement.round() : "warm-up",
        measurement.contestant().text(),
        measurement.values().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey().text() + " " + entry.getKey().format(entry.getValue()))
            .collect(Collectors.joining(", ")));
  }

  /// The run as a whole.
  void end(Measurements measured) throws IOException {
    var line = ResultLine.of(measured);
    var table = new ResultTable(measured, line).markdown();
    System.out.println(table);
    Files.writeString(beside("md"), heading() + table + "\n`" + line.text() + "`\n");
    Files.writeString(beside("svg"), Picture.of(measured));
    var figures = new LinkedHashMap<String, Object>();
    figures.put("measurement", "result");
    figures.put("line", line.text());
    results.append(brokerVersion, figures);
    System.out.printf(
        "Raw results: %s; table and picture beside it. Load average %.1f%n",
        results.path(), ResultFile.loadAverage());
    System.out.println(line.text());
  }

  private static SequencedMap<String, Object> figures(Measurement measurement) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("row", measurement.row());
    figures.put("contestant", measurement.contestant().text());
    figures.put("round", measurement.round());
    figures.put("warm_up", measurement.round() < 1);
    for (var metric : Metric.values()) {
      var value = measurement.values().get(metric);
      if (value != null) {
        figures.put(metric.text(), value);
      }
    }
    return figures;
  }

  private String heading() {
    return String.format(
        Locale.ROOT,
        "%s, %d cores and %,d MiB for broker, publisher and consumers, load average %.1f at the end, Java %s.%n%n",
        brokerVersion,
        Runtime.getRuntime().availableProcessors(),
        machineMib(),
        ResultFile.loadAverage(),
        Runtime.version());
  }

  private Path beside(String extension) {
    var name = results.path().getFileName().toString().replace("jsonl", extension);
    return results.path().resolveSibling(name);
  }

  private static long machineMib() {
    var bean = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return bean.getTotalMemorySize() / MIB;
  }
}
