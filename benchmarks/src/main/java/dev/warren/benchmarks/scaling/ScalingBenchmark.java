package dev.warren.benchmarks.scaling;

import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.harness.ChildJvm;
import dev.warren.benchmarks.harness.ResultFile;
import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.OperatorProcess;
import dev.warren.benchmarks.platform.RabbitMq;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Measures how soon a backlog in one of many queues becomes a size, written by the engine Direct,
/// and what that costs. No pods run: those of 1,000 fleets are another machine's. Exit status 1 for
/// a run in which a measurement failed, 64 (`EX_USAGE`) for a wrong command line.
public final class ScalingBenchmark {
  private static final int EX_USAGE = 64;
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PATIENCE_PER_WORKER = Duration.ofMillis(300);
  private static final Duration SETTLING = Duration.ofSeconds(10);
  private static final Duration REST = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMillis(200);

  /// How much the first part of the workers is of all, so that figures tell what depends on their
  /// number.
  private static final int PART = 10;

  private static final Map<String, Object> WORKER =
      Map.of(
          "image",
          "registry.example/benchmark:1",
          "handler",
          Map.of("java", Map.of("className", "com.example.Nothing")),
          "autoscaling",
          Map.of(
              "minReplicas",
              0,
              "maxReplicas",
              20,
              "targetBacklog",
              Backlogs.TARGET,
              "engine",
              "Direct"));

  private final ScalingOptions options;
  private final ScalingReport report;
  private final RabbitMq broker;
  private final Cluster cluster;

  private ScalingBenchmark(
      ScalingOptions options, ScalingReport report, RabbitMq broker, Cluster cluster) {
    this.options = options;
    this.report = report;
    this.broker = broker;
    this.cluster = cluster;
  }

  /// See {@link ScalingOptions#USAGE}.
  public static void main(String[] arguments) throws Exception {
    System.setProperty("logback.configurationFile", "topology-logback.xml");
    Runtime.getRuntime().addShutdownHook(new Thread(ChildJvm::stopAll, "stop"));
    try {
      run(ScalingOptions.parse(arguments, System.getenv()));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(ScalingOptions.USAGE);
      System.exit(EX_USAGE);
    } catch (BenchmarkException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(ScalingOptions options) throws Exception {
    var platform = options.platform();
    Files.createDirectories(platform.work());
    var results = ResultFile.create(platform.results(), "scaling");
    try (var broker = new RabbitMq(platform.amqp(), platform.management());
        var cluster = Cluster.start(platform, options.namespaces())) {
      var report = new ScalingReport(results, broker.version());
      report.load(options, cluster.description());
      new ScalingBenchmark(options, report, broker, cluster).measure();
    }
  }

  private void measure() throws Exception {
    for (var vhost : cluster.namespaces()) {
      broker.createVhost(vhost);
    }
    try {
      cluster.prepare(options.platform().crds(), broker, options.asked());
      var names = IntStream.range(0, options.workers()).mapToObj("queue-%05d"::formatted).toList();
      try (var operator =
          OperatorProcess.start(
              options.platform().operatorClassPath(),
              cluster.kubeconfig(),
              cluster.name(),
              options.platform().work().resolve("operator.log"))) {
        var few = names.size() / PART;
        rest(names.subList(0, few), few, operator);
        var rest = rest(names.subList(few, names.size()), names.size(), operator);
        var backlogs = backlogs(names, operator);
        operator.stop();
        for (var reading : readings()) {
          report.reading(reading);
        }
        report.result(backlogs, rest);
      }
    } finally {
      for (var vhost : cluster.namespaces()) {
        broker.deleteVhost(vhost);
      }
    }
  }

  /// Makes workers, and looks at all of them while nothing happens.
  private Strain rest(List<String> added, int all, OperatorProcess operator)
      throws IOException, InterruptedException, ExecutionException {
    create(added, all, operator);
    TimeUnit.NANOSECONDS.sleep(SETTLING.toNanos());
    var before = Strain.until(options.brokerPid(), cluster, operator);
    TimeUnit.NANOSECONDS.sleep(REST.toNanos());
    var rest = Strain.until(options.brokerPid(), cluster, operator).since(before);
    report.strain("rest", all, rest);
    return rest;
  }

  private void create(List<String> names, int all, OperatorProcess operator)
      throws InterruptedException, ExecutionException {
    var patience = PATIENCE.plus(PATIENCE_PER_WORKER.multipliedBy(names.size()));
    try (var queues = cluster.watch();
        var sizes = cluster.watchSizes()) {
      cluster.forEach(names, name -> cluster.create(name, options.type()));
      queues.awaitSettled(all, patience, operator::requireRunning);
      cluster.forEach(names, name -> cluster.createWorker(name, WORKER));
      var deadline = System.nanoTime() + patience.toNanos();
      for (var name : names) {
        while (sizes.of(name).isEmpty()) {
          operator.requireRunning();
          if (System.nanoTime() - deadline > 0) {
            throw new BenchmarkException(
                "TaskWorker '%s' has no Deployment after %s".formatted(name, patience));
          }
          TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
        }
      }
    }
  }

  private List<Reading> readings() throws Exception {
    return options.readQueues() == 0
        ? List.of()
        : Reading.all(options.readQueues(), broker, options.metrics(), options.brokerPid());
  }

  /// In queues all over, each once: the same in every run.
  private Backlogs backlogs(List<String> names, OperatorProcess operator) throws Exception {
    var shuffled = new ArrayList<>(names);
    Collections.shuffle(shuffled, new Random(1));
    var before = Strain.until(options.brokerPid(), cluster, operator);
    var backlogs = Backlogs.of(shuffled.subList(0, options.backlogs()), cluster, broker, operator);
    report.strain(
        "backlogs",
        names.size(),
        Strain.until(options.brokerPid(), cluster, operator).since(before));
    report.backlogs(backlogs);
    return backlogs;
  }
}
