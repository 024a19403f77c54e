package dev.warren.local.demo;

import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What became of the tasks.
///
/// @param published confirmed by the broker
/// @param done pictures with every thumbnail there
/// @param deadLetters tasks in the dead-letter queue
/// @param retried attempts that failed and were put off, as far as workers told
/// @param workers pods left
record Account(int published, int done, DeadLetters deadLetters, long retried, int workers) {
  private static final int SHOWN_REASONS = 10;
  private static final String INDENT = " ".repeat(19);

  /// Whether every task is done or dead-lettered, and the workers are gone.
  boolean addsUp() {
    return published > 0 && missing() == 0 && workers == 0;
  }

  String text() {
    return String.format(
        Locale.ROOT,
        """

        published      %,6d  confirmed by the broker
        done           %,6d  pictures with all their thumbnails
        dead-lettered  %,6d  tasks in the dead-letter queue
        %smissing        %,6d  published less done less dead-lettered
        retried        %,6d  attempts that failed and were put off
        workers        %,6d  pods left
        """,
        published,
        done,
        deadLetters.reasons().size(),
        reasons(),
        missing(),
        retried,
        workers);
  }

  /// A line for each reason, and one for those that are too many to show.
  private String reasons() {
    var counts =
        deadLetters.reasons().values().stream()
            .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()));
    var more = counts.size() - SHOWN_REASONS;
    return counts.entrySet().stream()
            .limit(SHOWN_REASONS)
            .map(entry -> INDENT + "%,d x %s%n".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining())
        + (more > 0 ? INDENT + "and %,d more%n".formatted(more) : "");
  }

  private int missing() {
    return published - done - deadLetters.reasons().size();
  }
}
