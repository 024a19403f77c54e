package dev.warren.benchmarks.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

/// Tasks in the order in which they come. All times are in seconds.
///
/// @param arrivals when each comes, never before the one before
/// @param services how long each runs
@SuppressWarnings("ArrayRecordComponent") // Millions of numbers, shared and never changed.
record Workload(double[] arrivals, double[] services) {
  int size() {
    return arrivals.length;
  }

  /// How long all run together.
  double work() {
    return Arrays.stream(services).sum();
  }

  double meanService() {
    return work() / Math.max(1, size());
  }

  /// Tasks that come by chance, at a rate that changes.
  ///
  /// @param rate tasks a second at a time
  /// @param most what `rate` never exceeds
  static Workload random(
      long seed, double end, DoubleUnaryOperator rate, double most, Service service) {
    var random = new Random(seed);
    var arrivals = new ArrayList<Double>();
    for (double time = gap(random, most); time < end; time += gap(random, most)) {
      if (random.nextDouble() * most < rate.applyAsDouble(time)) {
        arrivals.add(time);
      }
    }
    return of(random, arrivals, service);
  }

  /// This, and so many tasks at once at each of these times.
  Workload withBursts(long seed, int tasks, Service service, double... times) {
    var random = new Random(seed);
    var all = new ArrayList<double[]>();
    for (int i = 0; i < size(); i++) {
      all.add(new double[] {arrivals[i], services[i]});
    }
    for (var time : times) {
      for (int i = 0; i < tasks; i++) {
        all.add(new double[] {time, service.next(random)});
      }
    }
    all.sort((one, other) -> Double.compare(one[0], other[0]));
    return new Workload(
        all.stream().mapToDouble(task -> task[0]).toArray(),
        all.stream().mapToDouble(task -> task[1]).toArray());
  }

  static Workload none() {
    return new Workload(new double[0], new double[0]);
  }

  private static Workload of(Random random, ArrayList<Double> arrivals, Service service) {
    return new Workload(
        arrivals.stream().mapToDouble(Double::doubleValue).toArray(),
        arrivals.stream().mapToDouble(_ -> service.next(random)).toArray());
  }

  private static double gap(Random random, double rate) {
    return -Math.log(1 - random.nextDouble()) / rate;
  }

  /// How long a task runs.
  interface Service {
    double next(Random random);

    /// Evenly spread.
    static Service between(double from, double to) {
      return random -> from + random.nextDouble() * (to - from);
    }

    /// Mostly short, sometimes many times as long.
    static Service around(double mean) {
      return random -> -Math.log(1 - random.nextDouble()) * mean;
    }
  }
}
