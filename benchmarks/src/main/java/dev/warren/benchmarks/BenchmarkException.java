package dev.warren.benchmarks;

/// A run that measured nothing, and why.
final class BenchmarkException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchmarkException(String message) {
    super(message);
  }
}
