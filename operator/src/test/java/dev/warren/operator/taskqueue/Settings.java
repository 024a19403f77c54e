package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Snapshots.absent;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.operator.broker.VhostSnapshot;
import dev.warren.operator.taskqueue.SettingsResolver.Resolution;
import dev.warren.operator.topology.QueueSettings;
import dev.warren.operator.topology.QueueTopology;
import java.util.List;

/// Settings of specs that are in order, and what they make in a broker.
public final class Settings {
  /// A vhost that namespaces share.
  public static final String SHARED = "vhostPolicy: {type: Fixed, vhost: shared}\n";

  private Settings() {}

  /// Of TaskQueue `media/image-resize`.
  public static QueueSettings of(String spec) {
    return of(queue(spec));
  }

  public static QueueSettings of(TaskQueue queue) {
    return of(queue, broker(""));
  }

  public static QueueSettings of(TaskQueue queue, TaskBroker broker) {
    return switch (SettingsResolver.resolve(queue, broker)) {
      case Resolution.Resolved(var settings) -> settings;
      case Resolution.Invalid(var problems) -> throw new AssertionError(problems);
    };
  }

  /// What is wrong with a spec.
  static List<String> problems(TaskQueue queue, TaskBroker broker) {
    return switch (SettingsResolver.resolve(queue, broker)) {
      case Resolution.Invalid(var problems) -> problems;
      case Resolution.Resolved(var settings) -> throw new AssertionError(settings);
    };
  }

  /// Of TaskQueue `media/image-resize` in a vhost that holds nothing.
  public static QueueTopology topology(String spec) {
    return topology(queue(spec), absent());
  }

  public static QueueTopology topology(TaskQueue queue, VhostSnapshot vhost) {
    return topology(queue, broker(""), vhost);
  }

  public static QueueTopology topology(TaskQueue queue, TaskBroker broker, VhostSnapshot vhost) {
    return switch (Claims.of(queue, of(queue, broker)).topology(vhost)) {
      case QueueTopology.Choice.Possible(var topology) -> topology;
      case QueueTopology.Choice.Differs(var differences) -> throw new AssertionError(differences);
    };
  }
}
