package dev.warren.operator.broker;

import java.util.function.UnaryOperator;

/// A change on its way to the broker: announced to what is known until it is closed. Used by the
/// thread that makes the change.
final class Expectation implements AutoCloseable {
  private final Runnable fulfil;
  private final Runnable end;

  private Expectation(Runnable fulfil, Runnable end) {
    this.fulfil = fulfil;
    this.end = end;
  }

  /// Announces a change.
  static <T> Expectation of(Knowledge<T> knowledge, UnaryOperator<T> change) {
    knowledge.expect(change);
    return new Expectation(() -> knowledge.changed(change), () -> knowledge.expectNoMore(change));
  }

  /// The change was made.
  void fulfilled() {
    fulfil.run();
  }

  @Override
  public void close() {
    end.run();
  }
}
