package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.harness.ChildJvm;
import dev.warren.benchmarks.harness.ResultFile;
import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.Memory;
import dev.warren.benchmarks.platform.OperatorProcess;
import dev.warren.benchmarks.platform.RabbitMq;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/// Measures how fast TaskQueues become ready, and what they cost. Exit status 1 for a run in which
/// a measurement failed, 64 (`EX_USAGE`) for a wrong command line.
public final class TopologyBenchmark {
  private static final int EX_USAGE = 64;

  /// Stands in for all others when the objects of one are looked at.
  private static final String SAMPLE = "sample";

  private static final Duration SAMPLE_TIMEOUT = Duration.ofMinutes(1);

  /// The first declares of a broker and of a client's JVM are slow.
  private static final int WARM_UP = 100;

  private final TopologyOptions options;
  private final Report report;
  private final RabbitMq broker;
  private final Cluster cluster;
  private final List<String> names;

  private TopologyBenchmark(
      TopologyOptions options, Report report, RabbitMq broker, Cluster cluster) {
    this.options = options;
    this.report = report;
    this.broker = broker;
    this.cluster = cluster;
    names = names(options.queues());
  }

  /// See {@link TopologyOptions#USAGE}.
  public static void main(String[] arguments) throws Exception {
    System.setProperty("logback.configurationFile", "topology-logback.xml");
    Runtime.getRuntime().addShutdownHook(new Thread(ChildJvm::stopAll, "stop"));
    try {
      run(TopologyOptions.parse(arguments, System.getenv()));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(TopologyOptions.USAGE);
      System.exit(EX_USAGE);
    } catch (BenchmarkException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(TopologyOptions options) throws Exception {
    Files.createDirectories(options.platform().work());
    var results = ResultFile.create(options.platform().results(), "topology");
    try (var broker = new RabbitMq(options.platform().amqp(), options.platform().management());
        var cluster = Cluster.start(options.platform(), options.namespaces())) {
      var report = new Report(results, broker.version());
      report.load(options, cluster.description());
      new TopologyBenchmark(options, report, broker, cluster).measure();
    }
  }

  private void measure()
      throws IOException, InterruptedException, TimeoutException, ExecutionException {
    for (var vhost : cluster.namespaces()) {
      broker.createVhost(vhost);
    }
    try {
      cluster.prepare(options.platform().crds(), broker, Optional.empty());
      var baseline = baseline();
      var work = work();
      var restart = restart(work.calls());
      report.result(new Result(baseline, work, restart));
    } finally {
      for (var vhost : cluster.namespaces()) {
        broker.deleteVhost(vhost);
      }
    }
  }

  /// The bare declares of what the operator makes for one TaskQueue, which stays, all in one vhost;
  /// the operator is stopped again, so that it takes nothing from them.
  private Baseline baseline()
      throws IOException, InterruptedException, TimeoutException, ExecutionException {
    try (var operator = startOperator();
        var watch = cluster.watch()) {
      cluster.create(SAMPLE, options.type());
      watch.awaitSettled(1, SAMPLE_TIMEOUT, operator::requireRunning);
      operator.stop();
    }
    var made = Topology.in(cluster.namespaceOf(SAMPLE), broker);
    var declares = new BareDeclares(broker, made.without(SAMPLE), made.of(SAMPLE), SAMPLE);
    declares.time(names(WARM_UP));
    var baseline = new Baseline(names.size(), declares.time(names), made.of(SAMPLE));
    report.baseline(baseline);
    return baseline;
  }

  private Work work() throws IOException, InterruptedException, ExecutionException {
    try (var operator = startOperator()) {
      operator.awaitLeading(SAMPLE_TIMEOUT);
      var application = Application.of(names, options.type(), cluster, operator);
      requireQueues();
      report.application(application);
      var rest = Rest.of(options.rest(), cluster, operator);
      report.rest(rest);
      var changes = Changes.of(options.changes(), names, cluster, operator);
      report.changes(changes);
      var memory = Memory.of(operator.pid());
      report.memory("before the restart", memory);
      var calls = Rest.calls(cluster, operator);
      operator.stop();
      return new Work(application, rest, changes, memory, calls);
    }
  }

  private Restarted restart(Calls before) throws IOException, InterruptedException {
    try (var operator = startOperator()) {
      var restart = Restart.of(names.size() + 1, before, cluster, operator);
      report.restart(restart);
      // Proves that it does work, and is not only quiet.
      var changes = Changes.of(1, List.of(SAMPLE), cluster, operator);
      var memory = Memory.of(operator.pid());
      report.memory("after the restart", memory);
      operator.stop();
      return new Restarted(restart, changes, memory);
    }
  }

  /// What is said to be ready must be there.
  private void requireQueues() throws IOException, InterruptedException {
    var there = new HashSet<String>();
    for (var vhost : cluster.namespaces()) {
      Topology.in(vhost, broker).queues().forEach(queue -> there.add(queue.name()));
    }
    var missing = names.stream().filter(name -> !there.contains(name)).toList();
    if (!missing.isEmpty()) {
      throw new BenchmarkException(
          "%d TaskQueues are ready and have no queue, such as '%s'"
              .formatted(missing.size(), missing.getFirst()));
    }
  }

  private OperatorProcess startOperator() throws IOException {
    return OperatorProcess.start(
        options.platform().operatorClassPath(),
        cluster.kubeconfig(),
        cluster.name(),
        options.platform().work().resolve("operator.log"));
  }

  private static List<String> names(int count) {
    return IntStream.range(0, count).mapToObj("queue-%05d"::formatted).toList();
  }
}
