package dev.warren.benchmarks.simulation;

import java.util.ArrayDeque;

/// KEDA with its RabbitMQ trigger by queue length, polling every 30 s at zero, and the
/// HorizontalPodAutoscaler that it makes, all with their defaults. The length per pod is chosen by
/// somebody who knows how long a task takes: that at which a task waits for half of the wait.
final class Keda implements Controller {
  private static final double HPA_PERIOD = 15;
  private static final double POLL = 30;
  private static final double COOLDOWN = 300;
  private static final double STABILIZATION = 300;
  private static final double TOLERANCE = 0.1;

  private final double perPod;
  private final int most;
  private final ArrayDeque<double[]> recommendations = new ArrayDeque<>();
  private double lastPoll = Double.NEGATIVE_INFINITY;
  private double lastActive = Double.NEGATIVE_INFINITY;

  Keda(Scenario scenario) {
    most = scenario.most();
    perPod =
        scenario.concurrency()
            * (1 + scenario.longestWait() / 2 / scenario.workload().meanService());
  }

  @Override
  public double period() {
    return HPA_PERIOD;
  }

  @Override
  public int wanted(View view) {
    if (view.ready().isEmpty() || view.held().isEmpty()) {
      return view.wanted();
    }
    double length = view.ready().getAsLong() + view.held().getAsLong();
    var polls = view.now() - lastPoll >= POLL;
    if (polls) {
      lastPoll = view.now();
      lastActive = length > 0 ? view.now() : lastActive;
      if (view.wanted() == 0) {
        return length > 0 ? 1 : 0;
      }
      if (length == 0 && view.now() - lastActive >= COOLDOWN) {
        recommendations.clear();
        return 0;
      }
    }
    return view.wanted() == 0 ? 0 : autoscaled(view, length);
  }

  /// The HorizontalPodAutoscaler's algorithm.
  private int autoscaled(View view, double length) {
    var current = view.wanted();
    var ratio = length / (perPod * current);
    var desired =
        Math.abs(ratio - 1) <= TOLERANCE ? current : (int) Math.ceil(length / perPod - 1e-9);
    desired = Math.clamp(desired, 1, most);
    recommendations.add(new double[] {view.now(), desired});
    while (recommendations.getFirst()[0] < view.now() - STABILIZATION) {
      recommendations.removeFirst();
    }
    if (desired > current) {
      return Math.min(desired, Math.max(2 * current, current + 4));
    }
    var highest = (int) recommendations.stream().mapToDouble(each -> each[1]).max().orElse(desired);
    return Math.min(current, highest);
  }

  @Override
  public boolean sparesBusy() {
    return false;
  }

  @Override
  public double grace() {
    return 30;
  }
}
