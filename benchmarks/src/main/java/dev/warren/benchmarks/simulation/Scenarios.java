package dev.warren.benchmarks.simulation;

import dev.warren.benchmarks.simulation.Scenario.Range;
import dev.warren.benchmarks.simulation.Scenario.Signal;
import dev.warren.benchmarks.simulation.Workload.Service;
import java.util.List;

/// The loads that are tried. Pure; the same seed makes the same tasks.
final class Scenarios {
  private static final double MINUTE = 60;
  private static final double HOUR = 3_600;

  private Scenarios() {}

  /// Each by its name, in their order.
  static final List<String> NAMES =
      List.of(
          "steady",
          "tiny",
          "day",
          "step",
          "ramp",
          "spike",
          "batches",
          "few",
          "20-minutes",
          "hours",
          "blind",
          "zeros");

  /// @throws IllegalArgumentException if there is none of this name
  static Scenario of(String name, long seed) {
    return switch (name) {
      case "steady" -> steady(seed);
      case "tiny" -> tiny(seed);
      case "day" -> day(seed);
      case "step" -> step(seed, name, Signal.GOOD);
      case "ramp" -> ramp(seed);
      case "spike" -> spike(seed);
      case "batches" -> batches(seed);
      case "few" -> fewTasks(seed);
      case "20-minutes" -> twentyMinutes(seed);
      case "hours" -> hours(seed);
      case "blind" ->
          step(
              seed,
              name,
              new Signal(8, 0.2, new Range(40 * MINUTE, 43 * MINUTE), new Range(-1, -1)));
      case "zeros" ->
          step(
              seed,
              name,
              new Signal(1, 0, new Range(-1, -1), new Range(40 * MINUTE, 40.5 * MINUTE)));
      default ->
          throw new IllegalArgumentException(
              "--scenarios names '%s'; use some of %s".formatted(name, String.join(",", NAMES)));
    };
  }

  /// 40 tasks a second of half a second.
  private static Scenario steady(long seed) {
    var load = Workload.random(seed, 2 * HOUR, _ -> 40, 40, Service.around(0.5));
    return scenario("steady", load, 30, 2, 50, new Range(5, 10), true);
  }

  /// 4,000 tasks a second of 5 ms.
  private static Scenario tiny(long seed) {
    var load = Workload.random(seed, 10 * MINUTE, _ -> 4_000, 4_000, Service.around(0.005));
    return scenario("tiny", load, 30, 2, 50, new Range(1, 2), true);
  }

  /// From a tenth at night to all at noon.
  private static Scenario day(long seed) {
    var load =
        Workload.random(
            seed,
            24 * HOUR,
            time -> 4 + 36 * Math.pow(Math.sin(Math.PI * time / (24 * HOUR)), 2),
            40,
            Service.around(2));
    return scenario("day", load, 60, 4, 50, new Range(10, 20), true);
  }

  private static Scenario step(long seed, String name, Signal signal) {
    var load =
        Workload.random(
            seed,
            90 * MINUTE,
            time -> time > 20 * MINUTE && time < HOUR ? 50 : 5,
            50,
            Service.around(1));
    var plain = scenario(name, load, 60, 5, 50, new Range(10, 20), false);
    return new Scenario(
        name,
        load,
        plain.end(),
        plain.longestWait(),
        plain.concurrency(),
        plain.most(),
        plain.startUp(),
        signal,
        false);
  }

  private static Scenario ramp(long seed) {
    var load =
        Workload.random(
            seed,
            HOUR,
            time -> Math.max(0, 100 * (1 - Math.abs(time / MINUTE - 25) / 20)),
            100,
            Service.around(1));
    return scenario("ramp", load, 120, 10, 50, new Range(30, 60), false);
  }

  /// 50,000 tasks at once, twice.
  private static Scenario spike(long seed) {
    var load =
        Workload.random(seed, HOUR, _ -> 1, 1, Service.around(0.05))
            .withBursts(seed, 50_000, Service.around(0.05), 10 * MINUTE, 35 * MINUTE);
    return scenario("spike", load, 120, 10, 50, new Range(10, 20), false);
  }

  /// 500 tasks each quarter of an hour.
  private static Scenario batches(long seed) {
    var load =
        Workload.none()
            .withBursts(
                seed,
                500,
                Service.around(5),
                MINUTE,
                16 * MINUTE,
                31 * MINUTE,
                46 * MINUTE,
                61 * MINUTE,
                76 * MINUTE);
    return scenario("batches", load, 5 * MINUTE, 5, 50, new Range(20, 40), false);
  }

  /// A few tasks now and then, with nothing between.
  private static Scenario fewTasks(long seed) {
    var load =
        Workload.random(
            seed,
            6 * HOUR,
            time -> time % (20 * MINUTE) < MINUTE ? 0.3 : 0,
            0.3,
            Service.around(1));
    return scenario("few", load, 60, 5, 20, new Range(5, 10), false);
  }

  private static Scenario twentyMinutes(long seed) {
    var load =
        Workload.random(
            seed,
            12 * HOUR,
            time -> (time < 4 * HOUR ? 1.5 : time < 8 * HOUR ? 0.4 : 1) / MINUTE,
            1.5 / MINUTE,
            Service.between(10 * MINUTE, 30 * MINUTE));
    return scenario("20-minutes", load, 10 * MINUTE, 1, 60, new Range(30, 60), false);
  }

  private static Scenario hours(long seed) {
    var load =
        Workload.random(
            seed,
            72 * HOUR,
            time -> (time % (24 * HOUR) < 12 * HOUR ? 12 : 2) / HOUR,
            12 / HOUR,
            Service.between(HOUR, 4 * HOUR));
    return scenario("hours", load, 30 * MINUTE, 1, 60, new Range(30, 60), false);
  }

  /// Ends when all may be done: the longest tasks need a while.
  private static Scenario scenario(
      String name,
      Workload load,
      double wait,
      int concurrency,
      int most,
      Range startUp,
      boolean measured) {
    var last = load.size() == 0 ? 0 : load.arrivals()[load.size() - 1];
    var end = last + 2 * wait + 10 * load.meanService() + 5 * MINUTE;
    return new Scenario(name, load, end, wait, concurrency, most, startUp, Signal.GOOD, measured);
  }
}
