package dev.warren.benchmarks.harness;

/// A run that measured nothing, and why.
public final class BenchmarkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// @param message what failed, and where to look
  public BenchmarkException(String message) {
    super(message);
  }
}
