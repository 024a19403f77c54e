package dev.warren.benchmarks.worker;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Who consumes.
enum Contestant {
  /// The client library in a loop on one thread, fifty acknowledged at once: the limit.
  BARE,
  /// The client library with a virtual thread for each delivery, acknowledged singly.
  SINGLE,
  /// A pod of the shared runtime, its metrics included.
  WARREN,
  /// Spring AMQP's simple container.
  SPRING,
  /// Spring AMQP's direct container, which acknowledges several at once.
  SPRING_TUNED,
  /// In Python, one process.
  AIO_PIKA,
  /// In Python, a process for each core.
  CELERY;

  /// The one of this name.
  ///
  /// @throws IllegalArgumentException if there is none
  static Contestant of(String text) {
    return Arrays.stream(values())
        .filter(contestant -> contestant.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no contestant '%s'; use %s".formatted(text, names())));
  }

  /// Its name in results.
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// Whether it needs more than a JDK.
  boolean isPython() {
    return this == AIO_PIKA || this == CELERY;
  }

  private static String names() {
    return Arrays.stream(values()).map(Contestant::text).collect(Collectors.joining(", "));
  }
}
