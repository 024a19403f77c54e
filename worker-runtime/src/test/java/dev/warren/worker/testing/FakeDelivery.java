package dev.warren.worker.testing;

import dev.warren.model.TaskHeaders;
import dev.warren.worker.Delivery;
import dev.warren.worker.MessageProperties;
import dev.warren.worker.Successor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A delivery without a broker, which remembers how it was settled. Safe for use by many threads.
public final class FakeDelivery implements Delivery {
  /// How a delivery can stand.
  public enum State {
    OUTSTANDING,
    ACKNOWLEDGED,
    GIVEN_BACK
  }

  private final MessageProperties properties;
  private final boolean accepting;
  private final int redeliveries;
  private final boolean counted;
  private final List<Successor> published = new ArrayList<>();
  private State state = State.OUTSTANDING;

  private FakeDelivery(
      MessageProperties properties, boolean accepting, int redeliveries, boolean counted) {
    this.properties = properties;
    this.accepting = accepting;
    this.redeliveries = redeliveries;
    this.counted = counted;
  }

  /// A message with an empty JSON object and no headers.
  public static FakeDelivery of(String id) {
    return new FakeDelivery(properties(id, 0, Map.of()), true, 0, true);
  }

  /// The same from a broker that takes no successor.
  public static FakeDelivery withoutRoute(String id) {
    return new FakeDelivery(properties(id, 0, Map.of()), false, 0, true);
  }

  /// The same with headers.
  public static FakeDelivery withHeaders(String id, Map<String, Object> headers) {
    return new FakeDelivery(properties(id, 0, headers), true, 0, true);
  }

  /// The same with a priority.
  public static FakeDelivery withPriority(String id, int priority) {
    return new FakeDelivery(properties(id, priority, Map.of()), true, 0, true);
  }

  /// The same that has come back so often.
  public static FakeDelivery redelivered(String id, int count) {
    return new FakeDelivery(properties(id, 0, Map.of()), true, count, true);
  }

  /// The same that has come back so often after it was published to be run alone.
  public static FakeDelivery redeliveredAlone(String id, int before, int since) {
    var headers =
        Map.<String, Object>of(TaskHeaders.REDELIVERIES, before, TaskHeaders.RUN_ALONE, true);
    return new FakeDelivery(properties(id, 0, headers), true, before + since, true);
  }

  /// The same that has come back to a queue that does not count.
  public static FakeDelivery redeliveredUncounted(String id, int count) {
    return new FakeDelivery(properties(id, 0, Map.of()), true, count, false);
  }

  @Override
  public MessageProperties properties() {
    return properties;
  }

  @Override
  public byte[] body() {
    return new byte[] {'{', '}'};
  }

  @Override
  public int priority() {
    return properties.priority() == null ? 0 : properties.priority();
  }

  @Override
  public int redeliveries() {
    return redeliveries;
  }

  @Override
  public boolean isCounted() {
    return counted;
  }

  @Override
  public synchronized boolean isOutstanding() {
    return state == State.OUTSTANDING;
  }

  @Override
  public synchronized void acknowledge() {
    settle(State.ACKNOWLEDGED);
  }

  @Override
  public synchronized void giveBack() {
    settle(State.GIVEN_BACK);
  }

  @Override
  public synchronized boolean publish(Successor successor) {
    published.add(successor);
    return accepting;
  }

  /// How it was settled first.
  public synchronized State state() {
    return state;
  }

  /// Successors that were asked for.
  public synchronized List<Successor> published() {
    return List.copyOf(published);
  }

  private void settle(State how) {
    if (state == State.OUTSTANDING) {
      state = how;
    }
  }

  private static MessageProperties properties(
      String id, int priority, Map<String, Object> headers) {
    return new MessageProperties(
        "tasks", TestTopology.QUEUE, id, null, null, priority, null, headers);
  }
}
