package dev.warren.benchmarks.worker;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.harness.ResultFile;
import dev.warren.model.BrokerBinding;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.TimeoutException;

/// Measures workers beside each other: in each row every contestant takes its turn in every round,
/// so that what else the machine does hits all. Exit status 1 for a run that measured nothing, 64
/// (`EX_USAGE`) for a wrong command line.
public final class WorkerBenchmark {
  private static final int EX_USAGE = 64;

  /// Turns that do not count: until then a JVM compiles what runs often.
  private static final int WARM_UP = 3;

  private static final Duration SHORT = Duration.ofSeconds(1);
  private static final Duration LONG = Duration.ofSeconds(10);

  private final WorkerOptions options;
  private final Connection connection;
  private final Launcher launcher;
  private final WorkerReport report;
  private final List<Measurement> measured = new ArrayList<>();

  private WorkerBenchmark(
      WorkerOptions options, Connection connection, Launcher launcher, WorkerReport report) {
    this.options = options;
    this.connection = connection;
    this.launcher = launcher;
    this.report = report;
  }

  /// See {@link WorkerOptions#USAGE}.
  public static void main(String[] arguments) throws Exception {
    // Else Logback tells every detail of the client.
    System.setProperty("logback.configurationFile", Launcher.LOGGING);
    Runtime.getRuntime().addShutdownHook(new Thread(WorkerBenchmark::killChildren, "stop"));
    try {
      run(WorkerOptions.parse(arguments, System.getenv()));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(WorkerOptions.USAGE);
      System.exit(EX_USAGE);
    } catch (BenchmarkException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private static void run(WorkerOptions options)
      throws IOException, InterruptedException, TimeoutException {
    var rows = new Rows(options.quick()).all();
    var selected = options.rows().isEmpty() ? rows : Rows.select(rows, options.rows());
    try (var connection = connect(options.broker())) {
      var results = ResultFile.create(options.results(), "worker");
      var report = WorkerReport.create(results, connection);
      report.machine(options);
      var directory = options.work().resolve("training");
      var launcher =
          new Training(Rows.select(rows, List.of(Rows.FOOTPRINT)).getFirst(), connection, directory)
              .train(new Launcher(options.broker(), options.images()));
      new WorkerBenchmark(options, connection, launcher, report).measure(selected);
    }
  }

  private static Connection connect(BrokerBinding broker) throws IOException, TimeoutException {
    var factory = new ConnectionFactory();
    factory.setHost(broker.host());
    factory.setPort(broker.port());
    factory.setUsername(broker.username());
    factory.setPassword(broker.password());
    return factory.newConnection("benchmark");
  }

  private void measure(List<Row> rows) throws IOException, InterruptedException, TimeoutException {
    for (var row : rows) {
      var contestants = contestants(row);
      switch (row.kind()) {
        case DRAIN -> drain(row, contestants);
        case LATENCY -> latency(row, contestants);
        case FOOTPRINT -> footprint(row, contestants);
      }
    }
    report.end(new Measurements(measured));
  }

  private List<Contestant> contestants(Row row) {
    var wanted = new ArrayList<Contestant>();
    for (var contestant : Contestant.values()) {
      var chosen = options.contestants().isEmpty() || options.contestants().contains(contestant);
      if (row.contestants().contains(contestant) && chosen) {
        if (launcher.has(contestant)) {
          wanted.add(contestant);
        } else {
          report.skipped(row, contestant);
        }
      }
    }
    return wanted;
  }

  private void drain(Row row, List<Contestant> contestants)
      throws IOException, InterruptedException, TimeoutException {
    var drain = new DrainRow(row);
    try (var stands = new Stands()) {
      stands.start(row, contestants);
      for (int round = 1 - WARM_UP; round <= options.rounds(); round++) {
        for (var contestant : inTurn(contestants, round)) {
          var values = drain.turn(stands.of(contestant));
          keep(new Measurement(row.id(), contestant, round, values));
        }
      }
      stands.finish();
    }
  }

  /// The load is a share of what the bare loop can take: without it there is no row.
  private void latency(Row row, List<Contestant> contestants)
      throws IOException, InterruptedException, TimeoutException {
    var latency = new LatencyRow(row, options.quick() ? SHORT : LONG);
    var all = new ArrayList<>(contestants);
    if (!all.contains(Contestant.BARE)) {
      all.add(Contestant.BARE);
    }
    try (var stands = new Stands()) {
      stands.start(row, all);
      double capacity = 0;
      for (int round = 1 - WARM_UP; round <= 1; round++) {
        for (var contestant : all) {
          latency.capacity(stands.of(contestant));
        }
        capacity = Math.max(capacity, latency.capacity(stands.of(Contestant.BARE)));
      }
      report.capacity(row, capacity);
      for (int round = 0; round <= options.rounds(); round++) {
        for (int load : LatencyRow.LOADS) {
          for (var contestant : inTurn(contestants, round)) {
            var values = latency.turn(stands.of(contestant), capacity * load / 100);
            keep(new Measurement(row.id() + "-" + load, contestant, round, values));
          }
        }
      }
      stands.finish();
    }
  }

  private void footprint(Row row, List<Contestant> contestants)
      throws IOException, InterruptedException, TimeoutException {
    for (int round = 1; round <= options.rounds(); round++) {
      for (var contestant : inTurn(contestants, round)) {
        var directory = options.work().resolve(row.id() + "-" + contestant.text());
        var footprint = new FootprintRow(row, connection, launcher, directory);
        keep(new Measurement(row.id(), contestant, round, footprint.turn(contestant)));
      }
    }
  }

  private void keep(Measurement measurement) throws IOException {
    report.measured(measurement);
    if (measurement.round() > 0) {
      measured.add(measurement);
    }
  }

  /// Another is the first in each round.
  private static List<Contestant> inTurn(List<Contestant> contestants, int round) {
    var order = new ArrayList<>(contestants);
    Collections.rotate(order, round);
    return order;
  }

  /// For a run that is interrupted; after others there are none left.
  private static void killChildren() {
    ProcessHandle.current().children().forEach(ContestantProcess::kill);
  }

  /// The contestants of a row, which all run from its beginning to its end.
  private final class Stands implements AutoCloseable {
    private final SequencedMap<Contestant, Stand> stands = new LinkedHashMap<>();

    void start(Row row, List<Contestant> contestants)
        throws IOException, InterruptedException, TimeoutException {
      for (var contestant : contestants) {
        var directory = options.work().resolve(row.id() + "-" + contestant.text());
        var work = row.workOf(contestant);
        stands.put(
            contestant, Stand.start(row, contestant, work, false, connection, launcher, directory));
      }
      for (var stand : stands.values()) {
        stand.awaitReady();
      }
    }

    Stand of(Contestant contestant) {
      return Objects.requireNonNull(stands.get(contestant));
    }

    void finish() throws IOException, InterruptedException, TimeoutException {
      for (var stand : stands.values()) {
        stand.finish();
      }
    }

    @Override
    public void close() throws IOException, TimeoutException {
      for (var stand : stands.values()) {
        stand.close();
      }
    }
  }
}
