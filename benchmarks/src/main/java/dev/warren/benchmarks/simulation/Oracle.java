package dev.warren.benchmarks.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// A plan of sizes made by who knows every task beforehand, within the same limits: most pods,
/// start-up time, first in first out, no busy pod stopped, nothing before the scenario begins.
///
/// A task must start between its arrival and its deadline. Of all courses of starts between these
/// two curves the taut string is the smoothest: it makes the least of every peak. The plan has as
/// many pods as its starts keep busy on average in each piece of time, made as much earlier as they
/// take to start. Several plans are tried: with deadlines that are earlier by a part of the wait,
/// with pieces of different length, with a few more places, and with rounding up or with carrying
/// what is left over into the next piece. What another contender did can be planned too, unless it
/// stopped busy pods. The cheapest that keeps 99 % of the waits is the oracle's. Less than the work
/// itself no plan can cost.
final class Oracle implements Controller {
  private static final double[] MARGINS = {1, 0.9, 0.75, 0.5, 0.25};
  private static final double[] ROOM = {1, 1.03, 1.08};
  private static final boolean[] CARRIES = {false, true};
  static final double GOAL = 0.99;

  /// Mean service time of which Warren too stops pods that hold tasks.
  private static final double MOMENT = 5;

  private final int[] sizes;
  private final double piece;

  /// Whether a pod that is stopped finishes what it holds in a moment.
  private final boolean drains;

  private Oracle(int[] sizes, double piece, boolean drains) {
    this.sizes = sizes;
    this.piece = piece;
    this.drains = drains;
  }

  /// What the cheapest plan that keeps the waits comes to; if none does, that which keeps most.
  ///
  /// @param others what contenders came to
  static Outcome best(Scenario scenario, List<Outcome> others) {
    var outcomes =
        new ArrayList<>(others.stream().filter(each -> each.busyStopped() == 0).toList());
    for (var margin : MARGINS) {
      var starts = starts(scenario, margin, Math.max(0.5, scenario.longestWait() / 60));
      for (var piece : List.of(scenario.longestWait() / 6, scenario.longestWait())) {
        for (var room : ROOM) {
          for (var carries : CARRIES) {
            outcomes.add(Simulation.run(scenario, plan(scenario, starts, piece, room, carries)));
          }
        }
      }
    }
    return outcomes.stream()
        .min(
            Comparator.comparingDouble((Outcome each) -> -Math.min(GOAL, each.within()))
                .thenComparingDouble(Outcome::replicaSeconds))
        .orElseThrow();
  }

  /// The work of all tasks, shared out among places that are never idle.
  static double work(Scenario scenario) {
    return scenario.workload().work() / scenario.concurrency();
  }

  private static Oracle plan(
      Scenario scenario, double[] starts, double piece, double room, boolean carries) {
    var busy = new double[(int) Math.ceil(scenario.end() / piece) + 1];
    for (int i = 0; i < starts.length; i++) {
      add(busy, piece, starts[i], starts[i] + scenario.workload().services()[i]);
    }
    var needed = new int[busy.length];
    double left = 0;
    for (int i = 0; i < busy.length; i++) {
      var pods = busy[i] / piece * room / scenario.concurrency();
      needed[i] = (int) (carries ? Math.round(pods + left) : Math.ceil(pods - 1e-6));
      left = Math.max(0, left + pods - needed[i]);
    }
    // A pod that is needed in a piece is made in the last one that is early enough.
    var earlier = (int) Math.ceil(scenario.startUp().to() / piece);
    var sizes = needed.clone();
    for (int i = 0; i < needed.length; i++) {
      for (int j = i; j <= Math.min(needed.length - 1, i + earlier); j++) {
        sizes[i] = Math.max(sizes[i], needed[j]);
      }
    }
    var drains = scenario.workload().meanService() <= MOMENT;
    return new Oracle(sizes, piece, drains);
  }

  /// Adds a time to all pieces that it covers.
  private static void add(double[] busy, double piece, double from, double until) {
    var last = Math.min(busy.length - 1, (int) (until / piece));
    for (int i = (int) (from / piece); i <= last; i++) {
      busy[i] += Math.min(until, (i + 1) * piece) - Math.max(from, i * piece);
    }
  }

  /// When each task starts on the taut string.
  private static double[] starts(Scenario scenario, double margin, double grid) {
    var arrivals = scenario.workload().arrivals();
    var earliest = scenario.startUp().to();
    var cells = (int) Math.ceil((scenario.end() + scenario.longestWait()) / grid) + 2;
    var upper = new double[cells];
    var lower = new double[cells];
    for (var arrival : arrivals) {
      upper[Math.min(cells - 1, (int) Math.ceil(Math.max(arrival, earliest) / grid))]++;
      var deadline =
          Math.max(arrival, earliest) + Math.max(0, margin * scenario.longestWait() - grid);
      lower[Math.min(cells - 1, (int) Math.ceil(deadline / grid))]++;
    }
    for (int i = 1; i < cells; i++) {
      upper[i] += upper[i - 1];
      lower[i] += lower[i - 1];
    }
    var string = TautString.between(lower, upper);
    var starts = new double[arrivals.length];
    int cell = 0;
    for (int i = 0; i < starts.length; i++) {
      while (cell < cells - 1 && string[cell] < i + 1) {
        cell++;
      }
      var before = cell == 0 ? 0 : string[cell - 1];
      var part = string[cell] > before ? (i + 1 - before) / (string[cell] - before) : 1;
      starts[i] = Math.max(arrivals[i], (cell - 1 + part) * grid);
    }
    return starts;
  }

  @Override
  public double period() {
    return Math.min(piece, 2);
  }

  @Override
  public int wanted(View view) {
    var planned = sizes[Math.min(sizes.length - 1, (int) (view.now() / piece + 1e-9))];
    // A plan is made of means; a pod that is busy for longer is kept until it has finished.
    return drains ? planned : Math.max(planned, Math.min(view.wanted(), view.podsBusy()));
  }

  @Override
  public boolean sparesBusy() {
    return true;
  }

  @Override
  public double grace() {
    return Double.POSITIVE_INFINITY;
  }
}
