package dev.warren.worker.testing;

import dev.warren.worker.TaskMonitor;
import dev.warren.worker.TaskStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Counts how deliveries ended.
public final class CountingMonitor implements TaskMonitor {
  private final Map<TaskStatus, Integer> settled = new ConcurrentHashMap<>();
  private final List<Duration> completed = new CopyOnWriteArrayList<>();
  private final List<String> deadLettered = new CopyOnWriteArrayList<>();

  /// How long after their publishing tasks were done.
  public List<Duration> completed() {
    return List.copyOf(completed);
  }

  /// Why tasks became dead letters.
  public List<String> deadLettered() {
    return List.copyOf(deadLettered);
  }

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
  public void completed(Duration sincePublished) {
    completed.add(sincePublished);
  }

  @Override
  public void settled(TaskStatus status) {
    settled.merge(status, 1, Integer::sum);
  }

  @Override
  public void deadLettered(String errorClass) {
    deadLettered.add(errorClass);
  }
}
