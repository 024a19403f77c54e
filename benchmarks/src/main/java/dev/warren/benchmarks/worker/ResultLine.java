package dev.warren.benchmarks.worker;

import static dev.warren.benchmarks.worker.Contestant.BARE;
import static dev.warren.benchmarks.worker.Contestant.SINGLE;
import static dev.warren.benchmarks.worker.Contestant.SPRING_TUNED;
import static dev.warren.benchmarks.worker.Contestant.WARREN;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// The last line of a run, for scripts. All ratios are medians over the rounds; what was not
/// measured is `-`.
///
/// @param noopRatio Warren's rate to the bare loop's, in the row of tasks that do nothing in which
///   it is lowest
/// @param cpuRatio Warren's CPU time per task to the bare loop's, in the one of those rows in which
///   it is highest
/// @param tailRatio Warren's rate to that of acknowledging each task singly, while 1 % of the tasks
///   take half a second
/// @param wait1000Ratio Warren's rate with 1,000 tasks of 10 ms at once, to the ideal: 100,000 a
///   second, or what the bare loop drains in the same round if that is less
/// @param spring how Warren compares with Spring AMQP tuned where it compares worst
/// @param rssMib Warren's resident memory at rest
/// @param firstTaskMs from the start of Warren's JVM to the end of its first task
record ResultLine(
    OptionalDouble noopRatio,
    OptionalDouble cpuRatio,
    OptionalDouble tailRatio,
    OptionalDouble wait1000Ratio,
    Optional<Advantage> spring,
    OptionalDouble rssMib,
    OptionalDouble firstTaskMs) {
  /// Tasks a second that 1,000 at once come to, of 10 ms each.
  private static final double IDEAL = 100_000;

  /// Warren's figure beside another's: above 1 if it is better.
  record Advantage(String row, Metric metric, double ratio) {}

  static ResultLine of(Measurements measured) {
    var noOp =
        measured.rows(Metric.RATE).stream().filter(row -> row.startsWith(Rows.NO_OP)).toList();
    return new ResultLine(
        ratios(measured, noOp, Metric.RATE).min(),
        ratios(measured, noOp, Metric.CPU).max(),
        measured.median(Rows.TAIL, WARREN, SINGLE, Metric.RATE, ResultLine::quotient),
        measured.median(
            Rows.WAIT_1000,
            WARREN,
            BARE,
            Metric.RATE,
            (rate, bare) -> rate / Math.min(IDEAL, bare)),
        advantages(measured).min(Comparator.comparingDouble(Advantage::ratio)),
        measured.median(Rows.FOOTPRINT, WARREN, Metric.RSS),
        measured.median(Rows.FOOTPRINT, WARREN, Metric.FIRST_TASK));
  }

  /// Everything in which Warren and Spring AMQP tuned were both measured.
  static Stream<Advantage> advantages(Measurements measured) {
    return Stream.of(Metric.values())
        .flatMap(
            metric ->
                measured.rows(metric).stream().flatMap(row -> advantage(measured, row, metric)));
  }

  /// The line.
  String text() {
    return "result: noop_ratio=%s cpu_ratio=%s tail_ratio=%s wait1000_ratio=%s spring_ratio=%s rss_mib=%s first_task_ms=%s"
        .formatted(
            ratio(noopRatio),
            ratio(cpuRatio),
            ratio(tailRatio),
            ratio(wait1000Ratio),
            ratio(spring.stream().mapToDouble(Advantage::ratio).findFirst()),
            whole(rssMib),
            whole(firstTaskMs));
  }

  private static double quotient(double one, double other) {
    return one / other;
  }

  private static DoubleStream ratios(Measurements measured, List<String> rows, Metric metric) {
    return rows.stream()
        .flatMapToDouble(
            row -> measured.median(row, WARREN, BARE, metric, ResultLine::quotient).stream());
  }

  private static Stream<Advantage> advantage(Measurements measured, String row, Metric metric) {
    return measured.median(row, WARREN, SPRING_TUNED, metric, metric::advantage).stream()
        .mapToObj(ratio -> new Advantage(row, metric, ratio));
  }

  private static String ratio(OptionalDouble value) {
    return text("%.2f", value);
  }

  private static String whole(OptionalDouble value) {
    return text("%.0f", value);
  }

  private static String text(String format, OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, format, value.getAsDouble()) : "-";
  }
}
