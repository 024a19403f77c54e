package dev.warren.benchmarks.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Random;

/// One run of a scenario under one controller: tasks start in the order in which they come, on pods
/// in turn, each pod up to its concurrency. For one thread.
final class Simulation {
  /// Kubernetes' grace period where none is set: a task that has more than this to go would be
  /// lost.
  private static final double USUAL_GRACE = 30;

  private static final double SAMPLE = 1;
  private static final int POINTS = 600;

  private enum Kind {
    READY,
    DONE,
    KILL
  }

  private record Event(double time, long order, Kind kind, Pod pod, int task) {}

  private final Scenario scenario;
  private final Controller controller;
  private final Random random = new Random(7);
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::time).thenComparingLong(Event::order));
  private final ArrayDeque<Integer> queue = new ArrayDeque<>();
  private final ArrayDeque<Pod> free = new ArrayDeque<>();
  private final List<Pod> pods = new ArrayList<>();
  private final List<Pod> leaving = new ArrayList<>();
  private final List<long[]> samples = new ArrayList<>();
  private final List<Outcome.Point> points = new ArrayList<>();
  private final double[] waits;
  private final double[] ends;
  private long order;
  private int podNumber;
  private int held;
  private int done;
  private int wanted;
  private int steps;
  private int busyStopped;
  private int holding;
  private int interrupted;
  private double replicaSeconds;
  private double startUp = Double.NaN;

  private Simulation(Scenario scenario, Controller controller) {
    this.scenario = scenario;
    this.controller = controller;
    waits = new double[scenario.workload().size()];
    ends = new double[scenario.workload().size()];
    Arrays.fill(waits, Double.NaN);
  }

  static Outcome run(Scenario scenario, Controller controller) {
    return new Simulation(scenario, controller).run();
  }

  private Outcome run() {
    var arrivals = scenario.workload().arrivals();
    int next = 0;
    double decision = 0;
    double sample = 0;
    double point = 0;
    while (true) {
      double arrival = next < arrivals.length ? arrivals[next] : Double.POSITIVE_INFINITY;
      double event = events.isEmpty() ? Double.POSITIVE_INFINITY : events.peek().time;
      double now = Math.min(Math.min(arrival, event), Math.min(decision, sample));
      if (now > scenario.end()) {
        break;
      }
      if (event <= now) {
        happen(events.remove());
      } else if (arrival <= now) {
        queue.add(next++);
        dispatch(now);
      } else if (sample <= now) {
        samples.add(new long[] {queue.size(), held});
        if (now >= point) {
          points.add(new Outcome.Point(now, queue.size(), pods.size() + leaving.size()));
          point += scenario.end() / POINTS;
        }
        sample += SAMPLE;
      } else {
        resize(Math.clamp(controller.wanted(view(now)), 0, scenario.most()), now);
        decision += controller.period();
      }
    }
    pods.forEach(pod -> replicaSeconds += scenario.end() - pod.created);
    leaving.forEach(pod -> replicaSeconds += scenario.end() - pod.created);
    return outcome();
  }

  private void happen(Event event) {
    var pod = event.pod;
    switch (event.kind) {
      case READY -> {
        if (!pod.stopping) {
          pod.ready = true;
          startUp = event.time - pod.created;
          free.add(pod);
          dispatch(event.time);
        }
      }
      case DONE -> {
        if (pod.running.remove(event.task)) {
          held--;
          done++;
          if (pod.stopping) {
            leaveIfIdle(pod, event.time);
          } else if (pod.running.size() == scenario.concurrency() - 1) {
            free.add(pod);
            dispatch(event.time);
          }
        }
      }
      case KILL -> {
        interrupted += pod.running.size();
        held -= pod.running.size();
        pod.running.stream().sorted(Comparator.reverseOrder()).forEach(queue::addFirst);
        pod.running.clear();
        leaveIfIdle(pod, event.time);
        dispatch(event.time);
      }
    }
  }

  private void dispatch(double now) {
    while (!queue.isEmpty() && !free.isEmpty()) {
      var pod = free.removeFirst();
      if (!pod.fetches()) {
        continue;
      }
      int task = queue.removeFirst();
      if (Double.isNaN(waits[task])) {
        waits[task] = now - scenario.workload().arrivals()[task];
      }
      ends[task] = now + scenario.workload().services()[task];
      pod.running.add(task);
      held++;
      schedule(ends[task], Kind.DONE, pod, task);
      if (pod.running.size() < scenario.concurrency()) {
        free.add(pod);
      }
    }
  }

  private void resize(int size, double now) {
    if (size != wanted) {
      steps++;
      wanted = size;
    }
    while (pods.size() < wanted) {
      var range = scenario.startUp();
      var pod =
          new Pod(
              podNumber++,
              now,
              now + range.from() + random.nextDouble() * (range.to() - range.from()));
      pods.add(pod);
      schedule(pod.readyAt, Kind.READY, pod, -1);
    }
    if (pods.size() > wanted) {
      victims(pods.size() - wanted).forEach(pod -> stop(pod, now));
    }
  }

  /// As a ReplicaSet picks them: those that are not ready first, then those of the lowest deletion
  /// cost, which Warren sets by the tasks that they hold, then the youngest.
  private List<Pod> victims(int count) {
    Comparator<Pod> ready = Comparator.comparing(pod -> pod.ready);
    Comparator<Pod> cost = Comparator.comparingInt(pod -> pod.running.size());
    Comparator<Pod> age = Comparator.comparingInt((Pod pod) -> pod.number).reversed();
    var picked =
        controller.sparesBusy()
            ? ready.thenComparing(cost).thenComparing(age)
            : ready.thenComparing(age);
    return pods.stream().sorted(picked).limit(count).toList();
  }

  private void stop(Pod pod, double now) {
    pod.stopping = true;
    pods.remove(pod);
    leaving.add(pod);
    if (!pod.running.isEmpty()) {
      holding++;
      if (pod.running.stream().anyMatch(task -> ends[task] - now > USUAL_GRACE)) {
        busyStopped++;
      }
      if (controller.grace() < Double.POSITIVE_INFINITY) {
        schedule(now + controller.grace(), Kind.KILL, pod, -1);
      }
    }
    leaveIfIdle(pod, now);
  }

  private void leaveIfIdle(Pod pod, double now) {
    if (pod.running.isEmpty() && leaving.remove(pod)) {
      replicaSeconds += now - pod.created;
    }
  }

  private void schedule(double time, Kind kind, Pod pod, int task) {
    events.add(new Event(time, order++, kind, pod, task));
  }

  private View view(double now) {
    var signal = scenario.signal();
    int index = (int) Math.floor(Math.max(0, now - signal.late()) / SAMPLE);
    var seen = index < samples.size() ? samples.get(index) : new long[] {queue.size(), held};
    var lost = random.nextDouble() < signal.missing() || within(signal.away(), now);
    var zero = within(signal.zeros(), now);
    return new View(
        now,
        Math.max(0, now - signal.late()),
        lost ? OptionalLong.empty() : OptionalLong.of(zero ? 0 : seen[0]),
        lost ? OptionalLong.empty() : OptionalLong.of(zero ? 0 : seen[1]),
        wanted,
        (int) pods.stream().filter(Pod::fetches).count(),
        (int) pods.stream().filter(pod -> !pod.ready).count(),
        (int) pods.stream().filter(pod -> !pod.running.isEmpty()).count(),
        startUp);
  }

  private static boolean within(Scenario.Range range, double now) {
    return now >= range.from() && now < range.to();
  }

  /// A task that never started has waited until the end, and counts if that is too long.
  private Outcome outcome() {
    var arrivals = scenario.workload().arrivals();
    for (int i = 0; i < waits.length; i++) {
      if (Double.isNaN(waits[i])) {
        waits[i] = scenario.end() - arrivals[i];
      }
    }
    var sorted = waits.clone();
    Arrays.sort(sorted);
    var in = Arrays.stream(sorted).filter(wait -> wait <= scenario.longestWait()).count();
    var count = Math.max(1, sorted.length);
    return new Outcome(
        sorted.length,
        done,
        (double) in / count,
        sorted.length == 0 ? 0 : sorted[(int) Math.ceil(0.99 * count) - 1],
        replicaSeconds,
        steps,
        busyStopped,
        holding,
        interrupted,
        points);
  }
}
