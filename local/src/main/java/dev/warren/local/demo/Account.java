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
  /// Whether every task is done or dead-lettered, and the workers are gone.
  boolean addsUp() {
    return published > 0 && missing() == 0 && workers == 0;
  }

  String text() {
    var reasons =
        deadLetters.reasons().values().stream()
            .collect(Collectors.groupingBy(reason -> reason, TreeMap::new, Collectors.counting()))
            .entrySet()
            .stream()
            .map(
                entry ->
                    "                   %,d x %s%n".formatted(entry.getValue(), entry.getKey()))
            .collect(Collectors.joining());
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
        reasons,
        missing(),
        retried,
        workers);
  }

  private int missing() {
    return published - done - deadLetters.reasons().size();
  }
}
