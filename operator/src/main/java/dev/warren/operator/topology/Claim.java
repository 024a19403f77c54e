package dev.warren.operator.topology;

import dev.warren.operator.broker.VhostSnapshot;

/// The settings of a task queue by the TaskQueue that owns its name, and what else decides about
/// its generations.
///
/// @param adopted whether the TaskQueue is known to own what has its name in the broker
/// @param agreed whether a new generation may be made when the settings ask for one
public record Claim(QueueSettings settings, boolean adopted, boolean agreed) {
  /// What the task queue needs in this vhost.
  public QueueTopology.Choice topology(VhostSnapshot vhost) {
    return QueueTopology.choose(this, vhost);
  }
}
