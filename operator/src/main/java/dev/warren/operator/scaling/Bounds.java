package dev.warren.operator.scaling;

import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/// What a size is bound by, in the order in which it is: each may change what those before it left.
final class Bounds {
  /// The time between two steps, where a step is limited.
  static final Duration STEP = Duration.ofSeconds(15);

  /// How long pods may take to start, at the least, until no more are added.
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /// Tasks that end so soon do not keep a pod from being stopped: it finishes them in no time.
  private static final Duration MOMENT = Duration.ofSeconds(5);

  private static final List<BiFunction<Case, Proposal, Proposal>> ALL =
      List.of(Bounds::starting, Bounds::limits, Bounds::steps, Bounds::busy);

  private Bounds() {}

  static Proposal apply(Case of, Proposal proposal) {
    var bound = proposal;
    for (var next : ALL) {
      bound = next.apply(of, bound);
    }
    return bound;
  }

  /// Without any pod that starts, one tries; else those stay that are there.
  private static Proposal starting(Case of, Proposal proposal) {
    var pods = of.pods();
    var most = pods.ready() == 0 ? 1 : of.current();
    if (!stuck(of) || proposal.size() <= most) {
      return proposal;
    }
    return proposal.because(
        Decision.Cause.NOT_STARTING,
        most,
        "%s, so no more are added"
            .formatted(pods.failing() > 0 ? "pods fail" : "pods do not start"));
  }

  private static boolean stuck(Case of) {
    var usual = of.memory().load().startUp().multipliedBy(10);
    var patience = usual.compareTo(PATIENCE) > 0 ? usual : PATIENCE;
    return of.pods().failing() > 0
        || of.memory()
            .unready()
            .filter(was -> !of.situation().now().isBefore(was.since().plus(patience)))
            .isPresent();
  }

  private static Proposal limits(Case of, Proposal proposal) {
    var size = proposal.size();
    if (size > of.limits().max()) {
      return proposal.changed(
          of.limits().max(), "%d needed, at most %d".formatted(size, of.limits().max()));
    }
    if (size >= of.least()) {
      return proposal;
    }
    var schedule = of.limits().schedule(of.situation().now());
    return proposal.changed(
        of.least(),
        schedule
            .map(asks -> "at least %d since '%s'".formatted(of.least(), asks.start()))
            .orElse("at least %d".formatted(of.least())));
  }

  private static Proposal steps(Case of, Proposal proposal) {
    var current = of.current();
    var rests =
        of.memory()
            .steppedAt()
            .filter(at -> of.situation().now().isBefore(at.plus(STEP)))
            .isPresent();
    var up = of.limits().stepUp();
    var down = of.limits().stepDown();
    // A limited step is followed by a rest; without a limit there is no rest either.
    long most = (long) current + (up == Limits.ANY_STEP ? up : rests ? 0 : up);
    long fewest = (long) current - (down == Limits.ANY_STEP ? down : rests ? 0 : down);
    var size = (int) Math.clamp(proposal.size(), fewest, Math.min(most, Integer.MAX_VALUE));
    return size == proposal.size()
        ? proposal
        : proposal.changed(size, "%d in steps".formatted(proposal.size()));
  }

  private static Proposal busy(Case of, Proposal proposal) {
    var floor = Math.min(of.current(), atWork(of));
    return proposal.size() >= floor
        ? proposal
        : proposal.changed(floor, "%d once workers finish".formatted(proposal.size()));
  }

  /// Pods that would have to give up tasks, or work on for long after they were stopped.
  static int atWork(Case of) {
    if (!of.figures().known()) {
      return of.current();
    }
    var tasks = of.situation().own().held();
    var soon = of.memory().serviceTime().filter(time -> time.compareTo(MOMENT) <= 0).isPresent();
    var pods =
        soon
            ? Math.ceilDiv(tasks, (long) of.policy().concurrency())
            : of.pods().held().map(held -> (long) held.pods()).orElse(tasks);
    return (int) Math.min(Integer.MAX_VALUE, pods);
  }
}
