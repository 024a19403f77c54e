package dev.warren.local.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;

/// Shows the progress: on a terminal as one line that is painted over, else as a line every few
/// seconds. For one thread.
final class ProgressView {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(2);

  /// Returns to the line's start, and clears to its end.
  private static final String REPAINT = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private final Instant start;
  private Instant lastLine = Instant.EPOCH;
  private boolean painted;

  ProgressView(PrintStream out, boolean terminal, Instant start) {
    this.out = out;
    this.terminal = terminal;
    this.start = start;
  }

  /// Something happened once.
  void say(String message) {
    unpaint();
    out.printf("%3ds %s%n", Duration.between(start, Instant.now()).toSeconds(), message);
  }

  void show(Progress progress) {
    var now = Instant.now();
    var line = ProgressLine.of(progress, Duration.between(start, now));
    if (terminal) {
      out.print(REPAINT + line);
      out.flush();
      painted = true;
    } else if (!now.isBefore(lastLine.plus(BETWEEN_LINES))) {
      out.println(line);
      lastLine = now;
    }
  }

  /// Leaves the last progress on a line of its own.
  void close(Progress last) {
    lastLine = Instant.EPOCH;
    show(last);
    if (painted) {
      out.println();
      painted = false;
    }
  }

  private void unpaint() {
    if (painted) {
      out.print(REPAINT);
      painted = false;
    }
  }
}
