package dev.warren.operator.topology;

import static dev.warren.operator.testing.Snapshots.absent;
import static dev.warren.operator.testing.Snapshots.after;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskQueueSpec.Overflow;
import dev.warren.operator.broker.BrokerChange;
import dev.warren.operator.broker.BrokerVersion;
import dev.warren.operator.broker.Policy;
import dev.warren.operator.broker.Queue;
import dev.warren.operator.broker.VhostSnapshot;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/// Policies of a vhost with task queues that come, change and go, beside queues and policies of
/// others.
class VhostPlanTest {
  private static final int TRIES = 1_000;
  private static final int LONGER_THAN_ANY_PLAN = 12;

  /// As a TTL of tasks the same value as dead letters have.
  private static final int SEVEN_DAYS = 7;

  private static final Map<String, Object> NOTHING = Map.of();

  /// A vhost for which a plan is due.
  ///
  /// @param before for what a plan was carried out before
  /// @param steps of that plan that were taken
  /// @param now for what the next is made; what is not there any more was deleted by `Retain`
  /// @param complete whether all others are known to be gone
  record Situation(
      BrokerVersion version,
      boolean shared,
      Map<String, SomeSettings> before,
      int steps,
      Map<String, SomeSettings> now,
      boolean complete,
      List<Queue> foreign,
      List<Policy> foreignPolicies) {
    VhostSnapshot vhost() {
      var vhost = absent().with(new BrokerChange.CreateVhost());
      for (var queue : foreign) {
        vhost = vhost.with(new BrokerChange.DeclareQueue(queue));
      }
      for (var policy : foreignPolicies) {
        vhost = vhost.with(new BrokerChange.PutPolicy(policy));
      }
      for (var claim : claims(before)) {
        vhost = after(vhost, topology(claim, vhost).changes(vhost, Optional.empty()));
      }
      var changes = plan(before).changes(version, vhost);
      return after(vhost, changes.subList(0, Math.min(steps, changes.size())));
    }

    VhostPlan plan() {
      return plan(now);
    }

    private VhostPlan plan(Map<String, SomeSettings> settings) {
      return new VhostPlan(claims(settings), complete, true, VhostPlan.Ceilings.NONE, shared);
    }

    private List<Claim> claims(Map<String, SomeSettings> settings) {
      return settings.values().stream()
          .map(it -> new Claim(it.shared(shared).build(), true, true))
          .toList();
    }

    Stream<QueueTopology> topologies(VhostSnapshot vhost) {
      return claims(now).stream().map(claim -> topology(claim, vhost));
    }

    /// What claimed queues should have, and all others keep.
    Map<Queue, Map<String, Object>> wanted(VhostSnapshot vhost) {
      var wanted = new HashMap<Queue, Map<String, Object>>();
      vhost.queues().values().stream()
          .filter(queue -> !queue.name().startsWith("warren."))
          .forEach(queue -> wanted.put(queue, effective(queue, vhost)));
      topologies(vhost)
          .forEach(
              topology ->
                  topology
                      .policyValues(version)
                      .forEach(
                          (queue, values) -> {
                            wanted.keySet().removeIf(it -> it.name().equals(queue.name()));
                            wanted.put(queue, values);
                          }));
      wanted.entrySet().removeIf(entry -> overruled(entry.getKey(), entry.getValue()));
      return wanted;
    }

    /// Whether a queue, declared or not, gets its values from a policy.
    boolean needs(Policy policy, VhostSnapshot vhost) {
      var claimed = topologies(vhost).flatMap(it -> it.policyValues(version).keySet().stream());
      return Stream.concat(claimed, vhost.queues().values().stream()).anyMatch(policy::matches);
    }

    /// Whether it is not for Warren to say what a queue has.
    private boolean overruled(Queue queue, Map<String, Object> values) {
      return foreignPolicies.stream()
          .anyMatch(it -> it.matches(queue) && (it.priority() >= 10 || values.isEmpty()));
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void givesEachQueueItsValuesAndNoQueueWrongOnesOnTheWay(
      @ForAll("situations") Situation situation) {
    var vhost = situation.vhost();
    var wanted = situation.wanted(vhost);

    var changes = situation.plan().changes(situation.version(), vhost);

    for (var change : changes) {
      var next = vhost.with(change);
      for (var entry : wanted.entrySet()) {
        if (effective(entry.getKey(), vhost).equals(entry.getValue())) {
          assertThat(effective(entry.getKey(), next))
              .as("values of %s after %s", entry.getKey(), change)
              .isEqualTo(entry.getValue());
        }
      }
      vhost = next;
    }
    var end = vhost;
    assertThat(wanted)
        .allSatisfy(
            (queue, values) ->
                assertThat(effective(queue, end)).as("values of %s", queue).isEqualTo(values));
    assertThat(situation.topologies(end))
        .allMatch(topology -> PolicyCheck.inEffect(topology, situation.version(), end));
    assertThat(situation.plan().changes(situation.version(), end)).isEmpty();
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void namesEachPolicyThatWins(@ForAll("situations") Situation situation) {
    var vhost =
        after(situation.vhost(), situation.plan().changes(situation.version(), situation.vhost()));

    for (var topology : situation.topologies(vhost).toList()) {
      var overridden = PolicyCheck.overridden(topology, situation.version(), vhost);
      topology
          .policyValues(situation.version())
          .forEach(
              (queue, values) -> {
                if (!effective(queue, vhost).equals(values)) {
                  assertThat(overridden)
                      .anyMatch(
                          it ->
                              it.contains("queue '%s'".formatted(queue.name()))
                                  && it.contains(winner(queue, vhost)));
                }
              });
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void touchesNoQueueOfOthersInASharedVhost(@ForAll("situations") Situation situation) {
    var shared =
        new Situation(
            situation.version(),
            true,
            situation.before(),
            situation.steps(),
            situation.now(),
            situation.complete(),
            situation.foreign(),
            situation.foreignPolicies());
    var vhost = shared.vhost();

    var changes = shared.plan().changes(shared.version(), vhost);

    for (var change : changes) {
      vhost = vhost.with(change);
      for (var queue : shared.foreign()) {
        assertThat(ours(vhost)).as("after %s", change).noneMatch(it -> it.matches(queue));
      }
    }
  }

  @Property(tries = TRIES, edgeCases = EdgeCasesMode.NONE)
  void needsOnePolicyForEachSetOfValuesAndNoMore(@ForAll("situations") Situation situation) {
    var vhost = situation.vhost();

    var end = after(vhost, situation.plan().changes(situation.version(), vhost));

    var lists = ours(end).filter(policy -> policy.name().contains("=")).toList();
    var general = ours(end).filter(policy -> !policy.name().contains("=")).toList();
    assertThat(lists).extracting(Policy::definition).doesNotHaveDuplicates();
    assertThat(general).hasSizeLessThanOrEqualTo(situation.shared() ? 0 : 4);
    assertThat(ours(end)).allMatch(policy -> situation.needs(policy, end));
  }

  private static Stream<Policy> ours(VhostSnapshot vhost) {
    return vhost.policies().policies().values().stream()
        .filter(policy -> policy.name().startsWith("warren."));
  }

  private static String winner(Queue queue, VhostSnapshot vhost) {
    return vhost.policies().effective(queue).orElseThrow().name();
  }

  private static Map<String, Object> effective(Queue queue, VhostSnapshot vhost) {
    return vhost.policies().effective(queue).map(Policy::definition).orElse(NOTHING);
  }

  private static QueueTopology topology(Claim claim, VhostSnapshot vhost) {
    return ((QueueTopology.Choice.Possible) claim.topology(vhost)).topology();
  }

  @Provide
  static Arbitrary<Situation> situations() {
    return Combinators.combine(
            Arbitraries.of("3.10.8", "4.0.5").map(BrokerVersion::parse),
            Arbitraries.of(true, false),
            queues(),
            Arbitraries.integers().between(0, LONGER_THAN_ANY_PLAN),
            queues(),
            Arbitraries.of(true, false),
            foreign(),
            foreignPolicies())
        .as(Situation::new);
  }

  private static Arbitrary<Map<String, SomeSettings>> queues() {
    return Arbitraries.maps(Arbitraries.of("a", "b", "c.d", "e", "ab"), settings())
        .ofMaxSize(5)
        .map(
            all -> {
              var named = new HashMap<String, SomeSettings>();
              all.forEach((name, settings) -> named.put(name, settings.named(name)));
              return named;
            });
  }

  private static Arbitrary<SomeSettings> settings() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.of(0, 0, 1, 2, SEVEN_DAYS),
            Arbitraries.of(true, false))
        .as(
            (classic, maxLength, dropping) -> {
              var typed = classic ? SomeSettings.of("").classic() : SomeSettings.of("");
              var limited = limited(typed, maxLength);
              return dropping ? limited.overflow(Overflow.DropHead) : limited;
            });
  }

  private static SomeSettings limited(SomeSettings settings, int limit) {
    return switch (limit) {
      case 0 -> settings;
      case SEVEN_DAYS -> settings.messageTtl(Duration.ofDays(SEVEN_DAYS));
      default -> settings.maxLength(limit);
    };
  }

  private static Arbitrary<List<Queue>> foreign() {
    return Combinators.combine(
            Arbitraries.of("theirs", "we(ird", "theirs.dlq", "amq.gen-1", "c-d"),
            Arbitraries.of("classic", "quorum"))
        .as((name, type) -> new Queue(name, Map.of("x-queue-type", type)))
        .list()
        .uniqueElements(Queue::name)
        .ofMaxSize(4);
  }

  private static Arbitrary<List<Policy>> foreignPolicies() {
    return Combinators.combine(
            Arbitraries.of("^a", "dlq$", "^c.d$"),
            Arbitraries.of(0, 9, 10, 50),
            Arbitraries.of("max-length", "message-ttl"))
        .as(
            (pattern, priority, key) ->
                new Policy("theirs " + pattern, pattern, priority, Map.of(key, 99L)))
        .list()
        .uniqueElements(Policy::name)
        .ofMaxSize(1);
  }
}
