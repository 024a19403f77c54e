package dev.warren.worker;

/// Where deliveries come from. Port to the broker; the engine stops it, in this order: {@link
/// #stopFetching()}, settlement of what is outstanding, {@link #close()}.
public interface DeliverySource {
  /// Says how many deliveries may be outstanding from now on; 0 ends the flow of deliveries until
  /// the next call. Returns at once: 0 is obeyed at once too, another number within a second or
  /// two.
  void allow(int deliveries);

  /// Whether deliveries may still come. After {@link #allow} of 0 it is true until the last one has
  /// been handed out.
  boolean isFetching();

  /// Ends the flow of deliveries, for good. Those handed out before can still be settled. Returns
  /// when the broker has agreed, or when there is no connection to ask it on.
  void stopFetching() throws InterruptedException;

  /// Sends the settlements asked for so far, then closes the connection.
  void close() throws InterruptedException;
}
