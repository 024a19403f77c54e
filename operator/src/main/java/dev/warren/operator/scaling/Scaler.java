package dev.warren.operator.scaling;

import dev.warren.model.DurationText;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;

/// Decides how many pods are wanted. Up as soon as fewer would miss the target, down when fewer
/// were enough for the whole window, to nothing when there was nothing for the whole cooldown, and
/// never because a figure is missing.
public final class Scaler {
  /// When to decide again while there is something to decide.
  private static final Duration AGAIN = Duration.ofSeconds(2);

  /// Fewer pods are worth a step from this part on.
  private static final double WORTH_LOWERING = 0.92;

  /// Of the time that a task takes, how long fewer pods must be enough at least.
  private static final int PART = 3;

  /// A queue whose leader is away answers 0 too; so many answers in a row are believed.
  private static final int BELIEVED = 3;

  private Scaler() {}

  /// The decision in this situation.
  public static Decision decide(ScalingPolicy policy, Situation situation, Memory memory) {
    return switch (policy) {
      case ScalingPolicy.Fixed(var replicas, var because) ->
          new Decision(
              replicas,
              Decision.Cause.FIXED,
              because,
              Optional.empty(),
              Optional.empty(),
              Memory.NONE,
              Optional.empty());
      case ScalingPolicy.Automatic automatic ->
          decide(new Case(automatic, situation, memory.seeing(situation, automatic)));
    };
  }

  /// Whether the size depends on which of the tasks that are held the fleet's own pods hold.
  public static boolean asksWhoHolds(ScalingPolicy policy, Situation situation, Memory memory) {
    var blind = situation.with(Optional.empty());
    var idle = situation.with(Optional.of(Held.NONE));
    var wanted = decide(policy, idle, memory).wanted();
    return wanted < situation.pods().wanted()
        || wanted < decide(policy, blind, memory).wanted()
        || (isAboveLeast(policy, situation)
            && situation.figures().known()
            && idle.own().empty()
            && !blind.own().empty());
  }

  private static boolean isAboveLeast(ScalingPolicy policy, Situation situation) {
    return policy instanceof ScalingPolicy.Automatic automatic
        && situation.pods().wanted() > automatic.limits().least(situation.now());
  }

  private static Decision decide(Case of) {
    var held = Holds.of(of);
    if (held.isPresent()) {
      return said(of, held.get());
    }
    var need = need(of);
    // A trial is over as soon as it has told what it was for.
    var needed = isTrial(of) ? Math.min(1, need.enough()) : need.enough();
    var window = of.memory().needing(needed, of.situation(), window(of));
    var next = new Case(of.policy(), of.situation(), window);
    return said(next, Bounds.apply(next, Proposal.sized(size(next, need), need.why())));
  }

  /// Whether pods run to tell how long a task takes.
  private static boolean isTrial(Case of) {
    return of.policy().target() instanceof Target.Wait && !of.memory().load().known();
  }

  private static Need need(Case of) {
    if (!of.situation().own().empty()) {
      return Need.of(of).fed(of.policy(), of.memory().load());
    }
    var cooldown = DurationText.format(of.limits().cooldown());
    return quietForLong(of) || of.current() == 0
        ? new Need(0, 0, "nothing waited or ran for " + cooldown)
        : new Need(1, 1, "nothing waits or runs, to 0 after " + cooldown);
  }

  private static boolean quietForLong(Case of) {
    return of.memory()
        .quiet()
        .filter(
            quiet ->
                quiet.readings() >= BELIEVED
                    && Duration.between(quiet.since(), quiet.lastReading())
                            .compareTo(of.noLessThanDoubt(of.limits().cooldown()))
                        >= 0)
        .isPresent();
  }

  /// Where tasks take long, as much longer: one more that comes meanwhile costs a pod's start.
  private static Duration window(Case of) {
    var part = of.memory().serviceTime().map(time -> time.dividedBy(PART)).orElse(Duration.ZERO);
    var set = of.limits().stabilization();
    return of.noLessThanDoubt(part.compareTo(set) > 0 ? part : set);
  }

  /// Whether the last step is so recent that the next one down is gathered with what follows.
  private static boolean rests(Case of) {
    var rest = of.limits().stabilization().dividedBy(4);
    return of.sinceStep().filter(since -> since.compareTo(rest) < 0).isPresent();
  }

  private static int size(Case of, Need need) {
    var current = of.current();
    if (need.least() > current) {
      return need.enough();
    }
    if (need.enough() == 0) {
      return 0;
    }
    if (isTrial(of) && of.pods().ready() == 0) {
      return current; // it has not begun
    }
    // A trial leaves nothing in the window.
    var most = Math.max(of.memory().window().most(), need.least());
    return most <= current * WORTH_LOWERING && !rests(of) ? most : current;
  }

  private static Decision said(Case of, Proposal proposal) {
    var before =
        of.memory()
            .said()
            .filter(said -> said.wanted() == proposal.size() && said.cause() == proposal.cause());
    var said =
        before.orElseGet(
            () ->
                new Memory.Said(
                    proposal.size(),
                    proposal.cause(),
                    words(of, proposal),
                    Optional.of(Seen.of(of))));
    return new Decision(
        said.wanted(),
        said.cause(),
        said.reason(),
        said.seen(),
        Optional.of(Seen.of(of)),
        of.memory().deciding(said, of.situation()),
        again(of, said));
  }

  private static String words(Case of, Proposal proposal) {
    var starting = of.pods().starting();
    var share = of.figures().share();
    return "%d: %s%s%s%s"
        .formatted(
            proposal.size(),
            proposal.why(),
            share.fleets() == 1
                ? ""
                : ", %.0f %% of a queue that %d TaskWorkers share"
                    .formatted(100 * share.part(), share.fleets()),
            starting > 0 && proposal.size() > 0 ? ", %d starting".formatted(starting) : "",
            proposal.notes());
  }

  /// At rest only a schedule changes something by itself.
  private static Optional<Duration> again(Case of, Memory.Said said) {
    var rests =
        said.wanted() == of.current()
            && said.wanted() == of.least()
            && of.figures().known()
            && of.situation().own().empty();
    return rests
        ? of.limits().schedules().stream()
            .flatMap(schedule -> schedule.untilChange(of.situation().now()).stream())
            .min(Comparator.naturalOrder())
        : Optional.of(AGAIN);
  }
}
