package dev.warren.worker.handler;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Time that goes by when the test says so.
final class ManualAlarm implements Alarm {
  private record Entry(Duration at, Runnable action) {}

  private final List<Entry> entries = new ArrayList<>();
  private Duration now = Duration.ZERO;

  @Override
  public synchronized void after(Duration delay, Runnable action) {
    entries.add(new Entry(now.plus(delay), action));
  }

  /// Lets time go by; runs what is due meanwhile.
  void advance(Duration time) {
    due(time).forEach(entry -> entry.action().run());
  }

  private synchronized List<Entry> due(Duration time) {
    now = now.plus(time);
    var due = entries.stream().filter(entry -> entry.at().compareTo(now) <= 0).toList();
    entries.removeAll(due);
    return due;
  }
}
