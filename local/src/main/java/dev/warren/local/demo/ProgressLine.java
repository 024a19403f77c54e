package dev.warren.local.demo;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/// One line that shows the progress. Pure.
final class ProgressLine {
  private static final int WIDTH = 24;

  private ProgressLine() {}

  static String of(Progress progress, Duration elapsed) {
    var settled = Math.min(progress.settled(), progress.tasks());
    return String.format(
        Locale.ROOT,
        "%3ds [%s] %3d%%  waiting %s  in flight %s  done %,d  retried %,d  dead-lettered %s  workers %d/%d",
        elapsed.toSeconds(),
        bar(settled, progress.tasks()),
        100 * settled / progress.tasks(),
        count(progress.queues().waiting()),
        count(progress.queues().running()),
        progress.done(),
        progress.retried(),
        count(progress.queues().deadLettered()),
        progress.workers().ready(),
        progress.workers().wanted());
  }

  private static String bar(long settled, long tasks) {
    var filled = (int) Math.min(WIDTH, WIDTH * settled / tasks);
    return "#".repeat(filled) + ".".repeat(WIDTH - filled);
  }

  private static String count(OptionalLong value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%,d", value.getAsLong()) : "?";
  }
}
