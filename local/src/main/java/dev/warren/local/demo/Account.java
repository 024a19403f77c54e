package dev.warren.local.demo;

import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What became of the tasks.
///
/// @param published confirmed by the broker, for all queues together
/// @param done whose effect is there
/// @param doneMeans what that is
/// @param retried attempts that failed and were put off, as far as workers told
/// @param workers pods left, beyond the fewest that are wanted
/// @param rows further lines, of what the example itself counts
record Account(
    long published,
    long done,
    String doneMeans,
    DeadLetters deadLetters,
    long retried,
    int workers,
    Rate rate,
    List<String> rows) {
  private static final int SHOWN_REASONS = 10;
  private static final String INDENT = " ".repeat(19);

  Account {
    rows = List.copyOf(rows);
  }

  /// A line of the account.
  static String row(String name, long number, String words) {
    return String.format(Locale.ROOT, "%-13s  %,6d  %s%n", name, number, words);
  }

  /// Whether every task is done or dead-lettered, and the workers are gone.
  boolean addsUp() {
    return published > 0 && missing() == 0 && workers == 0;
  }

  String text() {
    return System.lineSeparator()
        + row("published", published, "confirmed by the broker")
        + row("done", done, doneMeans)
        + row(
            "dead-lettered",
            deadLetters.count(),
            deadLetters.queues() == 1
                ? "tasks in the dead-letter queue"
                : "tasks in the dead-letter queues")
        + reasons()
        + row("missing", missing(), "published less done less dead-lettered")
        + row("retried", retried, "attempts that failed and were put off")
        + row("workers", workers, "pods left")
        + row("rate", Math.round(rate.overall()), rate.text())
        + String.join("", rows);
  }

  /// Published, and neither done nor dead-lettered.
  long missing() {
    return published - done - deadLetters.count();
  }

  /// A line for each reason, and one for those that are too many to show.
  private String reasons() {
    var counts =
        deadLetters.reasons().stream()
            .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
    var more = counts.size() - SHOWN_REASONS;
    return counts.entrySet().stream()
            .limit(SHOWN_REASONS)
            .map(entry -> INDENT + "%,d x %s%n".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining())
        + (more > 0 ? INDENT + "and %,d more%n".formatted(more) : "");
  }
}
