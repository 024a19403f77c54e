package dev.warren.local.demo;

import java.util.Locale;

/// How fast tasks were done.
///
/// @param overall tasks a second, from the first publish to the last task done; 0 if unknown
/// @param running tasks a second, from the first task done to the last one, so without the start of
///   the workers; 0 if unknown
record Rate(double overall, double running) {
  private static final double TOO_FEW_TO_ROUND = 10;

  String text() {
    return "tasks a second from the first publish to the last done%s"
        .formatted(running > 0 ? ", %s from the first done".formatted(number()) : "");
  }

  private String number() {
    return String.format(Locale.ROOT, running < TOO_FEW_TO_ROUND ? "%.1f" : "%,.0f", running);
  }
}
