package dev.warren.worker.testing;

import dev.warren.worker.TaskMonitor;
import dev.warren.worker.TaskStatus;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Counts how deliveries ended.
public final class CountingMonitor implements TaskMonitor {
  private final Map<TaskStatus, Integer> settled = new ConcurrentHashMap<>();

  /// How many deliveries ended so.
  public int count(TaskStatus status) {
    return settled.getOrDefault(status, 0);
  }

  @Override
  public void waited(Duration wait) {}

  @Override
  public void started() {}

  @Override
  public void finished(Duration took) {}

  @Override
  public void settled(TaskStatus status) {
    settled.merge(status, 1, Integer::sum);
  }
}
