package dev.warren.worker.amqp;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// Combines acknowledgements of one channel, whose delivery tags count up from 1.
///
/// Finished tasks without an unfinished one before them are acknowledged together, which costs the
/// broker half of what single acknowledgements cost. A finished task stranded behind an unfinished
/// one is acknowledged singly: waiting for the slow one would keep the prefetch window full. A
/// multiple acknowledgement always names a tag that is outstanding, else the broker closes the
/// channel, and never covers a task that is unfinished or given back.
///
/// Takes two bits for each delivery since the oldest unfinished one: 1 MiB for four million. Not
/// safe for use by many threads.
final class AckWindow {
  private static final int LARGEST_BATCH = 50;

  /// How many bits that are needed no longer are kept before they are dropped.
  private static final int MOST_PASSED = 1 << 16;

  private int mostCombined;
  private int mostStranded;

  /// The tag that the first bit of both sets stands for.
  private long origin = 1;

  /// Finished or given back.
  private BitSet left = new BitSet();

  /// Finished behind an unfinished one, and not acknowledged.
  private BitSet waiting = new BitSet();

  /// The first bit that has not left.
  private int first;

  /// How many wait.
  private int stranded;

  /// How many are finished with none unfinished before them, and the last of these.
  private int combined;

  private long lastCombined;

  /// @param prefetch deliveries that may be outstanding at once
  AckWindow(int prefetch) {
    resize(prefetch);
  }

  /// How many finished tasks are sent at once: few where few may be outstanding, because the broker
  /// delivers no more while they wait.
  static int mostCombined(int prefetch) {
    return Math.clamp(prefetch / 5, 1, LARGEST_BATCH);
  }

  /// Another number of deliveries may be outstanding from now on.
  void resize(int prefetch) {
    mostCombined = mostCombined(prefetch);
    mostStranded = Math.max(1, prefetch / 8);
  }

  /// The task of this delivery is finished.
  void finish(long tag) {
    waiting.set(bit(tag));
    stranded++;
    leave(tag);
  }

  /// This delivery was given back, or is about to be before any acknowledgement is sent.
  void giveBack(long tag) {
    leave(tag);
  }

  /// Whether nothing waits for an acknowledgement.
  boolean isEmpty() {
    return combined == 0 && stranded == 0;
  }

  /// Whether enough is there to be sent without waiting for more.
  boolean isFull() {
    return combined >= mostCombined || stranded > mostStranded;
  }

  /// Takes what is to be sent when {@link #isFull()}: the combined ones, and the stranded ones if
  /// they are too many.
  List<Acknowledgement> take() {
    return take(stranded > mostStranded);
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
    if (withStranded && stranded > 0) {
      waiting.stream().forEach(bit -> acknowledgements.add(new Acknowledgement(tag(bit), false)));
      waiting.clear();
      stranded = 0;
    }
    return acknowledgements;
  }

  private void leave(long tag) {
    int bit = bit(tag);
    left.set(bit);
    if (bit == first) {
      combine(left.nextClearBit(bit));
    }
  }

  /// @param end the first bit that has not left
  private void combine(int end) {
    for (int bit = waiting.nextSetBit(first);
        bit >= 0 && bit < end;
        bit = waiting.nextSetBit(bit + 1)) {
      waiting.clear(bit);
      stranded--;
      combined++;
      lastCombined = tag(bit);
    }
    first = end;
    if (first >= MOST_PASSED) {
      dropPassed();
    }
  }

  private void dropPassed() {
    left = left.get(first, Math.max(first, left.length()));
    waiting = waiting.get(first, Math.max(first, waiting.length()));
    origin += first;
    first = 0;
  }

  private int bit(long tag) {
    return Math.toIntExact(tag - origin);
  }

  private long tag(int bit) {
    return origin + bit;
  }
}
