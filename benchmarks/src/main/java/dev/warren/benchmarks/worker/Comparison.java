package dev.warren.benchmarks.worker;

import dev.warren.model.QueueType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What the measured rounds of one kind of queue come to.
///
/// @param queueType kind of the queue
/// @param bareRate median of the bare client's rates, in messages per second
/// @param warrenRate median of Warren's rates, likewise
/// @param ratios Warren's rate to that of the bare client just before it, for each round; ascending
record Comparison(QueueType queueType, double bareRate, double warrenRate, List<Double> ratios) {
  Comparison {
    ratios = ratios.stream().sorted().toList();
  }

  /// Compares the rounds of this kind of queue; the warm-up is left out.
  ///
  /// @throws IllegalArgumentException if the contenders have not as many rounds each, or none
  static Comparison of(QueueType queueType, List<Drain> drains) {
    var bare = rates(queueType, Contender.BARE, drains);
    var warren = rates(queueType, Contender.WARREN, drains);
    if (bare.length == 0 || bare.length != warren.length) {
      throw new IllegalArgumentException(
          "%d rounds of the bare client and %d of Warren; measure as many of each, at least one"
              .formatted(bare.length, warren.length));
    }
    var ratios = new Double[bare.length];
    Arrays.setAll(ratios, i -> warren[i] / bare[i]);
    return new Comparison(queueType, median(bare), median(warren), List.of(ratios));
  }

  /// Median of the rounds' ratios. The two of a round ran one after the other, so what else the
  /// machine did has hit both, more than it would have hit the two medians.
  double ratio() {
    return median(ratios.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /// Row of the table that {@link #heading} heads.
  String row() {
    return String.format(
        Locale.ROOT,
        "%-8s %12.0f %12.0f %8.2f   %.2f to %.2f",
        queueType.argument(),
        bareRate,
        warrenRate,
        ratio(),
        ratios.getFirst(),
        ratios.getLast());
  }

  /// Names of the columns.
  static String heading() {
    return String.format(
        Locale.ROOT, "%-8s %12s %12s %8s   %s", "queue", "bare/s", "warren/s", "ratio", "range");
  }

  /// The last line of a run, for scripts.
  static String result(List<Comparison> comparisons) {
    var line = new StringBuilder("result:");
    for (var comparison : comparisons) {
      line.append(
          String.format(
              Locale.ROOT, " %s_ratio=%.2f", comparison.queueType.argument(), comparison.ratio()));
    }
    return line.toString();
  }

  /// The value in the middle, or the mean of the two there; of at least one value.
  static double median(double... values) {
    var sorted = Arrays.stream(values).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }

  private static double[] rates(QueueType queueType, Contender contender, List<Drain> drains) {
    return drains.stream()
        .filter(drain -> drain.round() > 0)
        .filter(drain -> drain.queueType() == queueType && drain.contender() == contender)
        .mapToDouble(Drain::rate)
        .toArray();
  }
}
