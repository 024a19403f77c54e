package dev.warren.worker.testing;

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
  private final byte[] body;
  private final boolean accepting;
  private final List<Successor> published = new ArrayList<>();
  private State state = State.OUTSTANDING;

  private FakeDelivery(MessageProperties properties, byte[] body, boolean accepting) {
    this.properties = properties;
    this.body = body;
    this.accepting = accepting;
  }

  /// A message with an empty JSON object and no headers.
  public static FakeDelivery of(String id) {
    return new FakeDelivery(properties(id), new byte[] {'{', '}'}, true);
  }

  /// The same from a broker that takes no successor.
  public static FakeDelivery withoutRoute(String id) {
    return new FakeDelivery(properties(id), new byte[] {'{', '}'}, false);
  }

  @Override
  public MessageProperties properties() {
    return properties;
  }

  @Override
  public byte[] body() {
    return body;
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

  private static MessageProperties properties(String id) {
    return new MessageProperties("tasks", TestTopology.QUEUE, id, null, null, null, null, Map.of());
  }
}
