package dev.warren.operator.topology;

import dev.warren.operator.broker.VhostSnapshot;

/// The settings of a task queue by the TaskQueue that owns its name, and what else decides about
/// its generations.
///
/// @param adopted whether a queue that Warren did not make may be moved to a generation of
///   Warren's; one that fits is used as it is, in any case
/// @param agreed whether a new generation may be made when the settings ask for one
public record Claim(QueueSettings settings, boolean adopted, boolean agreed) {
  /// What the task queue needs in this vhost.
  public QueueTopology.Choice topology(VhostSnapshot vhost) {
    return QueueTopology.choose(this, vhost);
  }
}
