package dev.warren.model;

import java.util.List;

/// Thrown for a worker configuration or a broker binding that cannot be used; carries every
/// problem, not the first.
public final class WarrenModelException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final transient List<String> problems;

  WarrenModelException(String subject, List<String> problems) {
    super(subject + ": " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  /// One sentence for each problem: the key, the value and the remedy.
  public List<String> problems() {
    return problems;
  }
}
