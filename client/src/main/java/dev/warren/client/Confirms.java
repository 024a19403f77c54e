package dev.warren.client;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/// The tasks of one channel that await their confirm, by the delivery tag that the broker will
/// name. Whoever takes a task out settles it. Any thread may call; nothing here waits, because the
/// broker client's reading thread calls too.
final class Confirms {
  private record Entry(Pending task, Deadline deadline) {}

  private final NavigableMap<Long, Entry> outstanding = new TreeMap<>();
  private boolean closed;

  /// Adds a task that is about to be sent; false when the channel is already closed.
  synchronized boolean add(long tag, Pending task, Deadline deadline) {
    if (!closed) {
      outstanding.put(tag, new Entry(task, deadline));
    }
    return !closed;
  }

  /// Takes the task of this tag, or of all tags up to it.
  synchronized List<Pending> take(long tag, boolean upTo) {
    return drain(upTo ? outstanding.headMap(tag, true) : outstanding.subMap(tag, true, tag, true));
  }

  /// Takes the oldest task with this id and routing key: a returned message does not carry its tag,
  /// and its confirm, which does, says that all went well.
  synchronized Optional<Pending> takeReturned(String id, String routingKey) {
    for (var entries = outstanding.values().iterator(); entries.hasNext(); ) {
      var task = entries.next().task();
      if (task.message().id().equals(id) && task.message().routingKey().equals(routingKey)) {
        entries.remove();
        return Optional.of(task);
      }
    }
    return Optional.empty();
  }

  /// Takes the tasks whose time is over. Deadlines follow the order of tags.
  synchronized List<Pending> takeExpired() {
    var expired = new ArrayList<Pending>();
    while (!outstanding.isEmpty() && outstanding.firstEntry().getValue().deadline().hasPassed()) {
      expired.add(outstanding.pollFirstEntry().getValue().task());
    }
    return expired;
  }

  /// Takes all tasks and lets no further one in.
  synchronized List<Pending> close() {
    closed = true;
    return drain(outstanding);
  }

  private static List<Pending> drain(NavigableMap<Long, Entry> entries) {
    var tasks = entries.values().stream().map(Entry::task).toList();
    entries.clear();
    return tasks;
  }
}
