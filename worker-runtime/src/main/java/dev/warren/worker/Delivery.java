package dev.warren.worker;

/// A message that the broker has handed to this pod and waits to hear about. Port to the broker,
/// called by the engine from the virtual thread of the task, and by the thread that stops the
/// engine.
///
/// The first call of {@link #acknowledge()} or {@link #giveBack()} settles the delivery and later
/// ones do nothing. Neither waits for the broker. On a connection that is gone both do nothing: the
/// broker has taken the message back already and delivers it again.
public interface Delivery {
  /// The message's properties.
  MessageProperties properties();

  /// The message's body.
  byte[] body();

  /// The message's priority; 0 is the lowest and the default.
  int priority();

  /// How often the task has come back from a worker that died over it, lost its connection or gave
  /// it back, as far as message and broker tell.
  int redeliveries();

  /// Whether the broker or the message would tell if it came back once more. A classic queue only
  /// knows that a message came back, not how often.
  boolean isCounted();

  /// Whether it can still be settled: false once it was, and when its connection is gone.
  boolean isOutstanding();

  /// Tells the broker that the message may be forgotten.
  void acknowledge();

  /// Returns the message to its queue, unharmed.
  void giveBack();

  /// Publishes a message of the same body and properties that will follow this one, and waits until
  /// the broker has it.
  ///
  /// @return whether the broker has confirmed it in a queue; if not, this delivery must not be
  ///   acknowledged
  /// @throws InterruptedException if interrupted while waiting; the successor may exist
  boolean publish(Successor successor) throws InterruptedException;
}
