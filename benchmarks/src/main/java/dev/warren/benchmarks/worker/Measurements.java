package dev.warren.benchmarks.worker;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// All that a run has measured, in the order of the runs, and what it comes to. Pure.
record Measurements(List<Measurement> all) {
  Measurements {
    all = List.copyOf(all);
  }

  /// Identifiers of the rows in which a metric was measured.
  List<String> rows(Metric metric) {
    return with(metric).stream().map(Measurement::row).distinct().toList();
  }

  /// Who has a figure of this metric.
  List<Contestant> contestants(Metric metric) {
    return with(metric).stream().map(Measurement::contestant).distinct().sorted().toList();
  }

  /// Median over the rounds; empty without any.
  OptionalDouble median(String row, Contestant contestant, Metric metric) {
    return median(figures(row, contestant, metric).mapToDouble(RoundFigure::value));
  }

  /// Median over the rounds of what two contestants' figures come to. The two of a round were
  /// measured one soon after the other, so what else the machine did has hit both, more than it has
  /// hit the two medians. Empty without a round that both have.
  OptionalDouble median(
      String row, Contestant one, Contestant other, Metric metric, DoubleBinaryOperator ratio) {
    return median(
        figures(row, one, metric)
            .flatMapToDouble(
                figure ->
                    figures(row, other, metric)
                        .filter(counterpart -> counterpart.round == figure.round)
                        .mapToDouble(it -> ratio.applyAsDouble(figure.value, it.value))));
  }

  /// Least and greatest over the rounds.
  List<Double> range(String row, Contestant contestant, Metric metric) {
    var sorted =
        figures(row, contestant, metric).mapToDouble(RoundFigure::value).sorted().boxed().toList();
    return List.of(sorted.getFirst(), sorted.getLast());
  }

  private record RoundFigure(int round, double value) {}

  private Stream<RoundFigure> figures(String row, Contestant contestant, Metric metric) {
    return with(metric).stream()
        .filter(it -> it.row().equals(row) && it.contestant() == contestant)
        .map(it -> new RoundFigure(it.round(), Objects.requireNonNull(it.values().get(metric))));
  }

  private List<Measurement> with(Metric metric) {
    return all.stream().filter(it -> it.values().containsKey(metric)).toList();
  }

  /// The value in the middle, or the mean of the two there.
  private static OptionalDouble median(DoubleStream values) {
    var sorted = values.sorted().toArray();
    return sorted.length == 0
        ? OptionalDouble.empty()
        : Arrays.stream(new int[] {(sorted.length - 1) / 2, sorted.length / 2})
            .mapToDouble(index -> sorted[index])
            .average();
  }
}
