package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;

import dev.warren.crds.TaskQueue;
import dev.warren.operator.taskqueue.SettingsResolver.Resolution;

/// Settings of specs that are in order.
public final class Settings {
  private Settings() {}

  /// Of TaskQueue `media/image-resize`.
  public static QueueSettings of(String spec) {
    return of(queue(spec));
  }

  public static QueueSettings of(TaskQueue queue) {
    return switch (SettingsResolver.resolve(queue, broker(""))) {
      case Resolution.Resolved(var settings) -> settings;
      case Resolution.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }
}
