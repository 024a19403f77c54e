package dev.warren.worker;

import dev.warren.model.TaskHeaders;
import java.nio.charset.StandardCharsets;

/// Why an attempt failed, as the task's error headers tell it.
///
/// @param errorClass a Java class name or a word
/// @param message cut to {@link TaskHeaders#ERROR_MESSAGE_LIMIT} bytes of UTF-8, whole characters
record Failure(String errorClass, String message) {
  Failure {
    message = cut(message, TaskHeaders.ERROR_MESSAGE_LIMIT);
  }

  static Failure of(Throwable cause) {
    return new Failure(cause.getClass().getName(), messageOf(cause));
  }

  /// What it says of itself; an exception of a handler may even fail at that.
  static String messageOf(Throwable cause) {
    try {
      var message = cause.getMessage();
      return message == null ? "no message" : message;
    } catch (RuntimeException | StackOverflowError e) {
      return "no message: asked for it, the exception threw " + e.getClass().getName();
    }
  }

  @Override
  public String toString() {
    return errorClass + ": " + message;
  }

  private static String cut(String text, int limit) {
    if (text.length() * 3L <= limit) {
      return text;
    }
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      bytes += text.substring(end, next).getBytes(StandardCharsets.UTF_8).length;
      if (bytes > limit) {
        return text.substring(0, end);
      }
      end = next;
    }
    return text;
  }
}
