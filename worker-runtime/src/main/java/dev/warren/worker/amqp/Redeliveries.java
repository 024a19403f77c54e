package dev.warren.worker.amqp;

import dev.warren.model.TaskHeaders;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How often a message has come back. Pure.
///
/// @param count as far as message and broker tell; at least 0
/// @param counted whether they would tell if it came back once more
record Redeliveries(int count, boolean counted) {
  /// Written by quorum queues, from the first return on.
  private static final String DELIVERY_COUNT = "x-delivery-count";

  private static final Redeliveries NONE = new Redeliveries(0, true);

  /// More than any worker lets a task come back.
  private static final int MOST = 1_000_000;

  static Redeliveries of(boolean redelivered, @Nullable Map<String, ?> headers) {
    if (headers == null) {
      return redelivered ? new Redeliveries(1, false) : NONE;
    }
    int before = number(headers.get(TaskHeaders.REDELIVERIES));
    if (headers.get(DELIVERY_COUNT) instanceof Number count) {
      return new Redeliveries(before + number(count), true);
    }
    return before == 0 && !redelivered
        ? NONE
        : new Redeliveries(before + (redelivered ? 1 : 0), !redelivered);
  }

  private static int number(@Nullable Object value) {
    return value instanceof Number number ? Math.clamp(number.longValue(), 0, MOST) : 0;
  }
}
