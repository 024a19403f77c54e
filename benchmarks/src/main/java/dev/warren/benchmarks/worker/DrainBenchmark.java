package dev.warren.benchmarks.worker;

import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.harness.ResultFile;
import dev.warren.model.QueueType;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// Measures how fast persistent tasks that do nothing leave a queue, by the bare client and by
/// Warren in turn: one warm-up each, then the rounds. Exit status 1 for a run that measured
/// nothing, 64 (`EX_USAGE`) for a wrong command line.
public final class DrainBenchmark {
  private static final int EX_USAGE = 64;

  /// Messages that a worker gets before the clock starts.
  private static final int SURPLUS = 30_000;

  /// How long a worker may take for the last deliveries that it holds, a prefetch window at most.
  private static final Duration SETTLING = Duration.ofSeconds(1);

  private final BenchmarkOptions options;
  private final ResultFile results;

  private DrainBenchmark(BenchmarkOptions options, ResultFile results) {
    this.options = options;
    this.results = results;
  }

  /// See {@link BenchmarkOptions#USAGE}.
  public static void main(String[] arguments) throws Exception {
    // The client's log is the worker's, here and in the processes, not Logback's own with all
    // details.
    System.setProperty("logback.configurationFile", WorkerProcess.LOGGING);
    // Workers that were asked to stop by the terminal as well are none the worse for it.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    try {
      var options = BenchmarkOptions.parse(arguments, System.getenv());
      new DrainBenchmark(options, ResultFile.create(options.results(), "worker")).run();
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.err.println(BenchmarkOptions.USAGE);
      System.exit(EX_USAGE);
    } catch (BenchmarkException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  private void run() throws IOException, InterruptedException, TimeoutException {
    System.out.printf(
        Locale.ROOT,
        "%,d messages of %d bytes, %d rounds after a warm-up, load average %.1f%n",
        options.messages(),
        BenchmarkQueue.BODY_BYTES,
        options.rounds(),
        ResultFile.loadAverage());
    var comparisons = new ArrayList<Comparison>();
    for (var type : List.of(QueueType.CLASSIC, QueueType.QUORUM)) {
      comparisons.add(Comparison.of(type, rounds(type)));
    }
    Stream.concat(Stream.of(Comparison.heading()), comparisons.stream().map(Comparison::row))
        .forEach(System.out::println);
    System.out.println("Raw results: " + results.path());
    System.out.println(
        "Medians of rounds that alternated. On a machine with other work single figures say little.");
    System.out.println(Comparison.result(comparisons));
  }

  private List<Drain> rounds(QueueType type)
      throws IOException, InterruptedException, TimeoutException {
    var drains = new ArrayList<Drain>();
    for (int round = 0; round <= options.rounds(); round++) {
      for (var contender : Contender.values()) {
        drains.add(drain(type, contender, round));
      }
    }
    return drains;
  }

  private Drain drain(QueueType type, Contender contender, int round)
      throws IOException, InterruptedException, TimeoutException {
    var directory =
        options
            .work()
            .resolve("%s-%s-%d".formatted(type.argument(), contender.text(), round))
            .toAbsolutePath();
    try (var queue = BenchmarkQueue.declare(options.broker(), type)) {
      queue.fill(options.messages() + SURPLUS);
      try (var worker = WorkerProcess.start(contender, queue, options.broker(), directory)) {
        var drain = new Stopwatch(queue, worker).time(contender, round, options.messages());
        // Outside the clock: a worker that is stopped gives back what it holds and has not started.
        Thread.sleep(SETTLING);
        worker.stop();
        requireEmpty(queue);
        results.append(queue.brokerVersion(), figures(drain));
        print(drain);
        return drain;
      }
    }
  }

  /// Whatever the worker had not acknowledged came back when it ended. One more message, confirmed
  /// after that, makes sure that a quorum queue has got so far.
  private static void requireEmpty(BenchmarkQueue queue)
      throws IOException, InterruptedException, TimeoutException {
    queue.fill(1);
    int returned = queue.remaining() - 1;
    if (returned > 0) {
      throw new BenchmarkException(
          "%d messages were not acknowledged; the drain is not complete".formatted(returned));
    }
  }

  private static SequencedMap<String, Object> figures(Drain drain) {
    var figures = new LinkedHashMap<String, Object>();
    figures.put("queue_type", drain.queueType().argument());
    figures.put("contender", drain.contender().text());
    figures.put("round", drain.round());
    figures.put("warm_up", drain.round() == 0);
    figures.put("messages", drain.messages());
    figures.put("body_bytes", BenchmarkQueue.BODY_BYTES);
    figures.put("prefetch", WorkerProcess.PREFETCH);
    figures.put("duration_ms", drain.duration().toMillis());
    figures.put("rate", Math.round(drain.rate()));
    return figures;
  }

  private static void print(Drain drain) {
    System.out.printf(
        Locale.ROOT,
        "%-8s %-7s %-8s %,8.0f/s%n",
        drain.queueType().argument(),
        drain.contender().text(),
        drain.round() == 0 ? "warm-up" : "round " + drain.round(),
        drain.rate());
  }
}
