package dev.warren.examples.quickstart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// One picture to be uploaded.
///
/// @param number from 0
/// @param priority of its task, 0 to 9
/// @param broken whether it is a picture that no one can read
/// @param hiccups how many attempts to read it will fail first
record Upload(int number, int priority, boolean broken, int hiccups) {
  private static final int PRIORITIES = 10;
  private static final int UPLOADS_PER_BROKEN = 400;
  private static final double HICCUP_SHARE = 0.03;

  /// So many uploads in the order of their numbers: one in 400 broken but at least one, 3 % of all
  /// with one or two hiccups by turns. The same seed gives the same uploads.
  static List<Upload> mix(int count, long seed) {
    var random = new Random(seed);
    var numbers =
        IntStream.range(0, count).boxed().collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(numbers, random);
    var broken = Math.max(1, count / UPLOADS_PER_BROKEN);
    var troubled = broken + Math.round(count * HICCUP_SHARE);
    return IntStream.range(0, count)
        .mapToObj(
            rank ->
                new Upload(
                    numbers.get(rank),
                    random.nextInt(PRIORITIES),
                    rank < broken,
                    rank < broken || rank >= troubled ? 0 : 1 + rank % 2))
        .sorted(Comparator.comparingInt(Upload::number))
        .toList();
  }

  /// Name of its file.
  String fileName() {
    return "%05d.jpg".formatted(number);
  }
}
