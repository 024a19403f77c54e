package dev.warren.worker.amqp;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/// Combines acknowledgements of one channel, whose delivery tags count up from 1.
///
/// Finished tasks without an unfinished one before them are acknowledged together, which costs the
/// broker half of what single acknowledgements cost. A finished task stranded behind an unfinished
/// one is acknowledged singly: waiting for the slow one would keep the prefetch window full. A
/// multiple acknowledgement always names a tag that is outstanding, else the broker closes the
/// channel, and never covers a task that is unfinished or given back.
///
/// Not safe for use by many threads.
final class AckWindow {
  private static final int LARGEST_BATCH = 50;

  private final int mostStranded;

  /// Delivered, and neither finished nor given back. Like the next, never larger than the prefetch,
  /// however long the slowest task takes.
  private final NavigableSet<Long> unfinished = new TreeSet<>();

  /// Finished behind an unfinished one, and not acknowledged.
  private final NavigableSet<Long> stranded = new TreeSet<>();

  /// How many are finished with none unfinished before them, and the last of these.
  private int combined;

  private long lastCombined;

  /// @param prefetch deliveries that may be outstanding at once
  AckWindow(int prefetch) {
    this.mostStranded = Math.max(1, prefetch / 8);
  }

  /// This delivery has come. Tags come in their order.
  void deliver(long tag) {
    unfinished.add(tag);
  }

  /// The task of this delivery is finished.
  void finish(long tag) {
    stranded.add(tag);
    leave(tag);
  }

  /// This delivery was given back, or is about to be before any acknowledgement is sent.
  void giveBack(long tag) {
    leave(tag);
  }

  /// Whether nothing waits for an acknowledgement.
  boolean isEmpty() {
    return combined == 0 && stranded.isEmpty();
  }

  /// Whether enough is there to be sent without waiting for more.
  boolean isFull() {
    return combined >= LARGEST_BATCH || stranded.size() > mostStranded;
  }

  /// Takes what is to be sent when {@link #isFull()}: the combined ones, and the stranded ones if
  /// they are too many.
  List<Acknowledgement> take() {
    return take(stranded.size() > mostStranded);
  }

  /// Takes everything.
  List<Acknowledgement> takeAll() {
    return take(true);
  }

  private List<Acknowledgement> take(boolean withStranded) {
    var acknowledgements = new ArrayList<Acknowledgement>();
    if (combined > 0) {
      acknowledgements.add(new Acknowledgement(lastCombined, combined > 1));
      combined = 0;
    }
    if (withStranded) {
      stranded.forEach(tag -> acknowledgements.add(new Acknowledgement(tag, false)));
      stranded.clear();
    }
    return acknowledgements;
  }

  private void leave(long tag) {
    boolean first = unfinished.first() == tag;
    unfinished.remove(tag);
    if (first) {
      combine();
    }
  }

  private void combine() {
    long end = unfinished.isEmpty() ? Long.MAX_VALUE : unfinished.first();
    while (!stranded.isEmpty() && stranded.first() < end) {
      lastCombined = stranded.removeFirst();
      combined++;
    }
  }
}
