package dev.warren.worker;

/// Where deliveries come from. Port to the broker; the engine stops it, in this order: {@link
/// #stopFetching()}, settlement of what is outstanding, {@link #close()}.
public interface DeliverySource {
  /// Ends the flow of deliveries, for good. Those handed out before can still be settled. Returns
  /// when the broker has agreed, or when there is no connection to ask it on.
  void stopFetching() throws InterruptedException;

  /// Sends the settlements asked for so far, then closes the connection.
  void close() throws InterruptedException;
}
