package dev.warren.operator.broker;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The latest knowledge of one vhost. Owns it: changes and readings meet here, in any order, from
/// any thread.
final class Vhost {
  private sealed interface Knowledge {
    record Known(VhostSnapshot snapshot) implements Knowledge {}

    record Failed(BrokerException failure) implements Knowledge {}
  }

  private final Supplier<VhostSnapshot> reader;

  /// Held while reading, so that many who ask for the first snapshot wait for one reading.
  private final ReentrantLock reading = new ReentrantLock();

  /// Guarded by this.
  private @Nullable Knowledge knowledge;

  /// Changes made while a reading is under way, which it may have missed. Guarded by this.
  private final List<BrokerChange> changesWhileReading = new ArrayList<>();

  Vhost(Supplier<VhostSnapshot> reader) {
    this.reader = reader;
  }

  VhostSnapshot snapshot() {
    var known = knowledge();
    if (known == null) {
      reading.lock();
      try {
        known = knowledge();
        if (known == null) {
          known = read();
        }
      } finally {
        reading.unlock();
      }
    }
    return switch (known) {
      case Knowledge.Known(var snapshot) -> snapshot;
      case Knowledge.Failed(var failure) -> throw failure;
    };
  }

  synchronized void changed(BrokerChange change) {
    changesWhileReading.add(change);
    if (knowledge instanceof Knowledge.Known(var snapshot)) {
      knowledge = new Knowledge.Known(snapshot.with(change));
    }
  }

  /// Reads anew.
  ///
  /// @return what differs from what was known; empty if nothing does
  Optional<Affected> refresh() {
    reading.lock();
    try {
      var before = knowledge();
      return difference(before, read());
    } finally {
      reading.unlock();
    }
  }

  private synchronized @Nullable Knowledge knowledge() {
    return knowledge;
  }

  private Knowledge read() {
    synchronized (this) {
      changesWhileReading.clear();
    }
    Knowledge found;
    try {
      found = new Knowledge.Known(reader.get());
    } catch (BrokerException e) {
      found = new Knowledge.Failed(e);
    }
    return install(found);
  }

  private synchronized Knowledge install(Knowledge found) {
    var installed = found;
    if (installed instanceof Knowledge.Known(var snapshot)) {
      for (var change : changesWhileReading) {
        snapshot = snapshot.with(change);
      }
      installed = new Knowledge.Known(snapshot);
    }
    knowledge = installed;
    return installed;
  }

  private static Optional<Affected> difference(@Nullable Knowledge before, Knowledge after) {
    if (before instanceof Knowledge.Known(var was) && after instanceof Knowledge.Known(var is)) {
      var affected = Affected.between(was, is);
      return affected instanceof Affected.Some(var queues) && queues.isEmpty()
          ? Optional.empty()
          : Optional.of(affected);
    }
    if (before instanceof Knowledge.Failed(var was) && after instanceof Knowledge.Failed(var is)) {
      return String.valueOf(was.getMessage()).equals(is.getMessage())
          ? Optional.empty()
          : Optional.of(new Affected.All());
    }
    return Optional.of(new Affected.All());
  }
}
