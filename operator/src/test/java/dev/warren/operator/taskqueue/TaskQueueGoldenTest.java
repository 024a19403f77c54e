package dev.warren.operator.taskqueue;

import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Snapshots.absent;

import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.resource.SecretEntries;
import dev.warren.operator.testing.Golden;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// All that is made for a TaskQueue where nothing is.
class TaskQueueGoldenTest {
  private static final Golden OWN = Golden.folder("topology");
  private static final Golden SHARED = Golden.folder("topology-in-shared-vhost");

  /// @param steps each by its name
  /// @param binding entries of the Secret for producers
  record Made(List<Map<String, BrokerChange>> steps, Map<String, String> binding) {}

  @ParameterizedTest
  @MethodSource("own")
  void followsFromTheSpec(String name) {
    OWN.check(name, made(OWN.input(name), ""));
  }

  @ParameterizedTest
  @MethodSource("shared")
  void keepsNamespacesApartInASharedVhost(String name) {
    SHARED.check(name, made(SHARED.input(name), Settings.SHARED));
  }

  static List<String> own() {
    return OWN.cases();
  }

  static List<String> shared() {
    return SHARED.cases();
  }

  private static Made made(String spec, String broker) {
    var plan = Observations.of(absent(), queue(spec)).on(broker).plan();
    return new Made(
        plan.changes().stream()
            .map(change -> Map.of(change.getClass().getSimpleName(), change))
            .toList(),
        SecretEntries.of(plan.binding().orElseThrow()));
  }
}
