package dev.warren.model;

/// The least severe of what a pod logs.
public enum LogLevel {
  /// What failed for good.
  ERROR,
  /// What failed and is tried again.
  WARN,
  /// The life of the pod.
  INFO,
  /// Each task.
  DEBUG
}
