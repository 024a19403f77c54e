package dev.warren.benchmarks.simulation;

/// Who decides about a fleet's size. For one thread.
interface Controller {
  /// Seconds between two decisions.
  double period();

  /// How many pods are wanted.
  int wanted(View view);

  /// Whether a scale-in picks idle pods; else it takes the youngest.
  boolean sparesBusy();

  /// Seconds that a pod has to finish what it runs when it is stopped.
  double grace();
}
