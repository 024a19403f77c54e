package dev.warren.benchmarks.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// A run as curves in SVG: for each scenario the pods of each contender over time, and the tasks
/// that wait under Warren. Pure.
final class SimulationPicture {
  private static final int MARGIN = 12;
  private static final int WIDTH = 760;
  private static final int HEIGHT = 110;
  private static final int LINE = 16;

  private final List<String> shapes = new ArrayList<>();
  private int y = MARGIN;

  private SimulationPicture() {}

  /// The document.
  static String of(List<Contenders> results) {
    var picture = new SimulationPicture();
    results.forEach(picture::scenario);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">
        <rect width="100%%" height="100%%" fill="white"/>
        %s
        </svg>
        """
        .formatted(WIDTH + 2 * MARGIN, picture.y, String.join("\n", picture.shapes));
  }

  private void scenario(Contenders result) {
    var pods = 1.0;
    for (var outcome : List.of(result.warren(), result.keda(), result.oracle())) {
      pods = Math.max(pods, most(outcome, Outcome.Point::pods));
    }
    var waiting = Math.max(1, most(result.warren(), Outcome.Point::waiting));
    shapes.add(
        String.format(
            Locale.ROOT,
            "<text x=\"%d\" y=\"%d\"><tspan font-weight=\"bold\">%s</tspan>: pods (up to %.0f) of <tspan fill=\"#c2410c\">Warren</tspan>, <tspan fill=\"#2563eb\">KEDA</tspan>, <tspan fill=\"#64748b\">oracle</tspan>; waiting under Warren shaded (up to %,.0f)</text>",
            MARGIN,
            y + LINE - 5,
            result.scenario().name(),
            pods,
            waiting));
    y += LINE;
    var end = result.scenario().end();
    area(result.warren(), end, waiting);
    curve(result.oracle(), end, pods, "#64748b");
    curve(result.keda(), end, pods, "#2563eb");
    curve(result.warren(), end, pods, "#c2410c");
    y += HEIGHT + MARGIN;
  }

  private static double most(Outcome outcome, ToDoubleFunction<Outcome.Point> figure) {
    return outcome.points().stream().mapToDouble(figure).max().orElse(0);
  }

  private void area(Outcome outcome, double end, double most) {
    shapes.add(
        "<polygon fill=\"#fde68a\" points=\"%d,%d %s %d,%d\"/>"
            .formatted(
                MARGIN,
                y + HEIGHT,
                points(outcome, end, most, Outcome.Point::waiting),
                MARGIN + WIDTH,
                y + HEIGHT));
  }

  private void curve(Outcome outcome, double end, double most, String colour) {
    shapes.add(
        "<polyline fill=\"none\" stroke=\"%s\" points=\"%s\"/>"
            .formatted(colour, points(outcome, end, most, Outcome.Point::pods)));
  }

  private String points(
      Outcome outcome, double end, double most, ToDoubleFunction<Outcome.Point> figure) {
    return outcome.points().stream()
        .map(
            point ->
                String.format(
                    Locale.ROOT,
                    "%.1f,%.1f",
                    MARGIN + WIDTH * point.time() / end,
                    y + HEIGHT * (1 - figure.applyAsDouble(point) / most)))
        .collect(Collectors.joining(" "));
  }
}
