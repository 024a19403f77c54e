package dev.warren.worker.amqp;

import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/// The consumers of one channel, which follow its window. For the channel's owner, but for {@link
/// #isFetching}.
final class Consumers {
  private static final Duration LONG_AGO = Duration.ofHours(1);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final Channel channel;
  private final String name;
  private final FetchingConsumer.Source source;
  private final IntSupplier window;

  private final List<FetchingConsumer> active = new ArrayList<>();

  /// Cancelled, and still holding deliveries.
  private final List<FetchingConsumer> leaving = new ArrayList<>();

  /// Consumers that may still get deliveries. Written by the owner and by the client, read by all.
  private final AtomicInteger fetching = new AtomicInteger();

  /// The window that was reached; -1 before.
  private int reached = -1;

  private int number;
  private long added = System.nanoTime() - LONG_AGO.toNanos();
  private long cancelled = added;

  /// @param name what their tags begin with
  /// @param window deliveries that may be outstanding on the channel
  Consumers(Channel channel, String name, FetchingConsumer.Source source, IntSupplier window) {
    this.channel = channel;
    this.name = name;
    this.source = source;
    this.window = window;
  }

  /// Whether deliveries may still come: false only once the last one has.
  boolean isFetching() {
    return fetching.get() > 0;
  }

  /// Follows the window as far as is possible now.
  ///
  /// @return in how long to call this again, unless the window changes before
  Duration follow() throws IOException {
    int wanted = window.getAsInt();
    if (wanted == reached) {
      return LONGEST_REST;
    }
    reached = -1;
    source.settlements().resize(wanted);
    while (true) {
      switch (plan(wanted).next()) {
        case PrefetchPlan.Step.Add(var prefetch) -> {
          if (!add(prefetch)) {
            return Duration.ZERO;
          }
        }
        case PrefetchPlan.Step.Cancel() -> cancelNewest();
        case PrefetchPlan.Step.Later(var time) -> {
          return time;
        }
        case PrefetchPlan.Step.Nothing() -> {
          reached = wanted;
          return LONGEST_REST;
        }
      }
    }
  }

  void cancelAll() throws IOException {
    while (!active.isEmpty()) {
      cancelNewest();
    }
  }

  private PrefetchPlan plan(int wanted) {
    leaving.removeIf(consumer -> consumer.held() == 0);
    return new PrefetchPlan(
        wanted,
        active.stream().map(FetchingConsumer::prefetch).toList(),
        leaving.stream().mapToInt(FetchingConsumer::held).sum(),
        since(added),
        since(cancelled));
  }

  /// Whoever closes the window and then finds nothing fetching can rely on it: the consumer counts
  /// before the window is read for the last time.
  private boolean add(int prefetch) throws IOException {
    fetching.incrementAndGet();
    if (window.getAsInt() == 0) {
      fetching.decrementAndGet();
      return false;
    }
    var consumer =
        new FetchingConsumer(channel, nextTag(), prefetch, source, fetching::decrementAndGet);
    channel.basicQos(prefetch);
    channel.basicConsume(source.queue(), false, consumer.tag(), false, false, Map.of(), consumer);
    active.add(consumer);
    added = System.nanoTime();
    return true;
  }

  private void cancelNewest() throws IOException {
    var newest = active.removeLast();
    channel.basicCancel(newest.tag());
    leaving.add(newest);
    cancelled = System.nanoTime();
  }

  private String nextTag() {
    return number++ == 0 ? name : name + "/" + number;
  }

  private static Duration since(long time) {
    return Duration.ofNanos(System.nanoTime() - time);
  }
}
