package dev.warren.benchmarks.worker;

import static dev.warren.benchmarks.worker.Contestant.AIO_PIKA;
import static dev.warren.benchmarks.worker.Contestant.BARE;
import static dev.warren.benchmarks.worker.Contestant.CELERY;
import static dev.warren.benchmarks.worker.Contestant.SINGLE;
import static dev.warren.benchmarks.worker.Contestant.SPRING;
import static dev.warren.benchmarks.worker.Contestant.SPRING_TUNED;
import static dev.warren.benchmarks.worker.Contestant.WARREN;

import dev.warren.benchmarks.worker.Row.Kind;
import dev.warren.benchmarks.worker.contestant.Work;
import dev.warren.model.QueueType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The rows of a run.
///
/// @param quick fewer tasks, and fewer of those contestants that no figure of the last line needs
record Rows(boolean quick) {
  /// What the rows of tasks that do nothing begin with.
  static final String NO_OP = "noop-";

  static final String WAIT_1000 = "wait-1000";
  static final String TAIL = "tail";
  static final String LATENCY = "latency";
  static final String FOOTPRINT = "footprint";

  private static final Duration WAIT = Duration.ofMillis(10);
  private static final Duration LONG_TASK = Duration.ofMillis(500);
  private static final Duration CPU_TIME = Duration.ofMillis(5);
  private static final List<Contestant> SINGLE_AND_WORKERS = List.of(SINGLE, WARREN, SPRING_TUNED);
  private static final int SMALL = 256;
  private static final int LARGE = 4_096;

  /// In a quick run there are fewer tasks by this factor.
  private static final int LESS = 5;

  /// All of them, in order.
  List<Row> all() {
    return List.of(
        noOp(QueueType.CLASSIC, SMALL, true),
        noOp(QueueType.CLASSIC, LARGE, false),
        noOp(QueueType.QUORUM, SMALL, false),
        noOp(QueueType.QUORUM, LARGE, false),
        row(
            "wait-100",
            Work.pausing(WAIT, 1),
            100,
            40_000,
            quick
                ? List.of(WARREN, SPRING_TUNED, AIO_PIKA)
                : List.of(SINGLE, WARREN, SPRING, SPRING_TUNED, AIO_PIKA)),
        row(
            WAIT_1000,
            Work.pausing(WAIT, 1),
            1_000,
            75_000,
            quick
                ? List.of(BARE, WARREN, SPRING_TUNED)
                : List.of(BARE, SINGLE, WARREN, SPRING_TUNED)),
        row("cpu", Work.computing(Work.stepsIn(CPU_TIME)), 10, 1_500, SINGLE_AND_WORKERS),
        row("fail", Work.failing(20), 200, 60_000, SINGLE_AND_WORKERS),
        row(TAIL, Work.pausing(LONG_TASK, 100), 200, 60_000, SINGLE_AND_WORKERS),
        special(LATENCY, Kind.LATENCY, 30_000, List.of(BARE, WARREN, SPRING_TUNED)),
        special(FOOTPRINT, Kind.FOOTPRINT, 1, List.of(BARE, SINGLE, WARREN, SPRING_TUNED)));
  }

  /// Those of these names, in order; a name also stands for all that begin with it and a hyphen.
  ///
  /// @throws IllegalArgumentException if a name stands for none
  static List<Row> select(List<Row> rows, List<String> names) {
    for (var name : names) {
      if (rows.stream().noneMatch(row -> matches(row, name))) {
        throw new IllegalArgumentException(
            "there is no row '%s'; use %s"
                .formatted(name, String.join(", ", rows.stream().map(Row::id).toList())));
      }
    }
    return rows.stream()
        .filter(row -> names.stream().anyMatch(name -> matches(row, name)))
        .toList();
  }

  private static boolean matches(Row row, String name) {
    return row.id().equals(name) || row.id().startsWith(name + "-");
  }

  private Row noOp(QueueType type, int bytes, boolean withPython) {
    var contestants = new ArrayList<>(List.of(BARE, WARREN, SPRING_TUNED));
    if (!quick) {
      contestants.add(SPRING);
    }
    if (withPython) {
      contestants.addAll(List.of(AIO_PIKA, CELERY));
    }
    return row(
        NO_OP + type.argument() + "-" + bytes,
        Kind.DRAIN,
        type,
        bytes,
        Work.NO_OP,
        200,
        bytes == SMALL ? 100_000 : 50_000,
        contestants);
  }

  private Row row(
      String id, Work work, int concurrency, int messages, List<Contestant> contestants) {
    return row(id, Kind.DRAIN, QueueType.CLASSIC, SMALL, work, concurrency, messages, contestants);
  }

  private Row special(String id, Kind kind, int messages, List<Contestant> contestants) {
    return row(id, kind, QueueType.CLASSIC, SMALL, Work.NO_OP, 200, messages, contestants);
  }

  /// The prefetch is a quarter more than the concurrency, as Warren has it by default.
  private Row row(
      String id,
      Kind kind,
      QueueType type,
      int bytes,
      Work work,
      int concurrency,
      int messages,
      List<Contestant> contestants) {
    return new Row(
        id,
        kind,
        type,
        bytes,
        work,
        concurrency,
        concurrency + Math.ceilDiv(concurrency, 4),
        quick ? Math.ceilDiv(messages, LESS) : messages,
        Set.copyOf(contestants));
  }
}
