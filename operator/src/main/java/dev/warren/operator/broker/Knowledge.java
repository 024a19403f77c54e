package dev.warren.operator.broker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The latest knowledge of something in a broker, as an immutable value. Owns it: changes and
/// readings meet here, in any order, from any thread.
final class Knowledge<T> {
  /// What became of a reading.
  sealed interface Outcome<T> {
    /// It succeeded as the one before did.
    ///
    /// Both with the changes that are being made now.
    ///
    /// @param before what was known, with the changes made until now
    record Read<T>(T before, T after) implements Outcome<T> {}

    /// It failed as the one before did.
    record FailedAgain<T>() implements Outcome<T> {}

    /// It was the first, or one of both failed, or both for different reasons.
    record Turned<T>() implements Outcome<T> {}
  }

  /// Held while reading, so that many who ask for the first value wait for one reading.
  private final ReentrantLock reading = new ReentrantLock();

  /// What the last successful reading found, with all changes since. Guarded by this.
  private T value;

  /// Whether a reading has ended, well or not. Guarded by this.
  private boolean read;

  /// Why the last reading failed, if it did. Guarded by this.
  private @Nullable BrokerException failure;

  /// Changes made while a reading is under way, which it may have missed. Guarded by this.
  private final List<UnaryOperator<T>> changesWhileReading = new ArrayList<>();

  /// Changes that are being made now, which a reading may find or miss. Guarded by this.
  private final Set<UnaryOperator<T>> expected = Collections.newSetFromMap(new IdentityHashMap<>());

  /// @param nothing what is known before the first reading
  Knowledge(T nothing) {
    value = nothing;
  }

  /// The last reading with all changes made since.
  ///
  /// @param reader reads it if it was never read
  /// @throws BrokerException if the last reading failed
  T get(UnaryOperator<T> reader) {
    if (!isRead()) {
      reading.lock();
      try {
        if (!isRead()) {
          var _ = readNow(reader);
        }
      } finally {
        reading.unlock();
      }
    }
    return valueOrFailure();
  }

  /// Announces a change, so that a reading that finds it before {@link #changed} finds no
  /// difference.
  synchronized void expect(UnaryOperator<T> change) {
    expected.add(change);
  }

  /// Takes it back: the change was made, or will not be.
  synchronized void expectNoMore(UnaryOperator<T> change) {
    expected.remove(change);
  }

  /// Takes a change into account that was made in the broker.
  synchronized void changed(UnaryOperator<T> change) {
    changesWhileReading.add(change);
    value = change.apply(value);
  }

  /// Whether the last reading succeeded.
  synchronized boolean isKnown() {
    return read && failure == null;
  }

  /// Reads anew.
  ///
  /// @param reader given what was known before it began
  Outcome<T> refresh(UnaryOperator<T> reader) {
    reading.lock();
    try {
      return readNow(reader);
    } finally {
      reading.unlock();
    }
  }

  private Outcome<T> readNow(UnaryOperator<T> reader) {
    try {
      return succeeded(reader.apply(begin()));
    } catch (BrokerException e) {
      return failed(e);
    }
  }

  private synchronized T begin() {
    changesWhileReading.clear();
    return value;
  }

  private synchronized Outcome<T> succeeded(T found) {
    var before = value;
    var after = found;
    for (var change : changesWhileReading) {
      after = change.apply(after);
    }
    var known = isKnown();
    value = after;
    read = true;
    failure = null;
    return known
        ? new Outcome.Read<>(asExpected(before), asExpected(after))
        : new Outcome.Turned<>();
  }

  private T asExpected(T known) {
    var then = known;
    for (var change : expected) {
      then = change.apply(then);
    }
    return then;
  }

  private synchronized Outcome<T> failed(BrokerException e) {
    var before = failure;
    failure = e;
    read = true;
    return before != null && String.valueOf(before.getMessage()).equals(e.getMessage())
        ? new Outcome.FailedAgain<>()
        : new Outcome.Turned<>();
  }

  private synchronized boolean isRead() {
    return read;
  }

  private synchronized T valueOrFailure() {
    if (failure != null) {
      throw failure.again();
    }
    return value;
  }
}
