package dev.warren.operator.testing;

import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.QueueFigures;
import dev.warren.operator.broker.Users;
import dev.warren.operator.broker.VhostSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/// Readings of a vhost.
public final class Snapshots {
  private Snapshots() {}

  /// A broker that holds nothing, read at {@link Resources#NOW}.
  public static VhostSnapshot absent() {
    return VhostSnapshot.absent(Resources.NOW, Users.NONE);
  }

  /// The vhost found as it is at another time.
  public static VhostSnapshot readAt(Instant time, VhostSnapshot vhost) {
    return new VhostSnapshot(
        time,
        vhost.exists(),
        vhost.exchanges(),
        vhost.queues(),
        vhost.figures(),
        vhost.bindings(),
        vhost.policies(),
        vhost.users());
  }

  /// The vhost after these changes.
  public static VhostSnapshot after(VhostSnapshot vhost, List<BrokerChange> changes) {
    var changed = vhost;
    for (var change : changes) {
      changed = changed.with(change);
    }
    return changed;
  }

  /// The vhost with so many messages in a queue.
  public static VhostSnapshot holding(
      VhostSnapshot vhost, String queue, long ready, long unacknowledged) {
    return holding(vhost, queue, figures(ready, unacknowledged));
  }

  public static VhostSnapshot holding(VhostSnapshot vhost, String queue, QueueFigures held) {
    return vhost.withFigures(queue, held);
  }

  /// The vhost with nothing in any of its queues.
  public static VhostSnapshot empty(VhostSnapshot vhost) {
    var emptied = vhost;
    for (var queue : vhost.queues().keySet()) {
      emptied = holding(emptied, queue, 0, 0);
    }
    return emptied;
  }

  public static QueueFigures figures(long ready, long unacknowledged) {
    return new QueueFigures(
        OptionalLong.of(ready),
        OptionalLong.of(unacknowledged),
        OptionalLong.of(ready + unacknowledged));
  }
}
