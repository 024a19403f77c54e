package dev.warren.benchmarks.worker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A run's rates as bars in SVG: for each row the contestants, relative to the fastest of the row,
/// each with its median. Pure.
final class Picture {
  private static final int LABEL = 150;
  private static final int BAR = 420;
  private static final int WIDTH = LABEL + BAR + 110;
  private static final int LINE = 16;
  private static final int GAP = 12;

  private final Measurements measured;
  private final List<String> shapes = new ArrayList<>();
  private int y = GAP;

  private Picture(Measurements measured) {
    this.measured = measured;
  }

  /// The document.
  static String of(Measurements measured) {
    var picture = new Picture(measured);
    measured.rows(Metric.RATE).forEach(picture::row);
    return """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="11">
        <rect width="100%%" height="100%%" fill="white"/>
        %s
        </svg>
        """
        .formatted(WIDTH, picture.y, String.join("\n", picture.shapes));
  }

  private record Bar(Contestant contestant, double rate) {}

  private void row(String row) {
    var bars =
        measured.contestants(Metric.RATE).stream()
            .flatMap(
                contestant ->
                    measured.median(row, contestant, Metric.RATE).stream()
                        .mapToObj(rate -> new Bar(contestant, rate)))
            .toList();
    var most = bars.stream().map(Bar::rate).max(Comparator.naturalOrder()).orElse(1.0);
    text(GAP, "font-weight=\"bold\"", row + ", " + Metric.RATE.title());
    for (var bar : bars) {
      bar(bar, BAR * bar.rate / most);
    }
    y += GAP;
  }

  private void bar(Bar bar, double width) {
    shapes.add(
        String.format(
            Locale.ROOT,
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>",
            LABEL,
            y,
            width,
            LINE - 3,
            bar.contestant == Contestant.WARREN ? "#c2410c" : "#94a3b8"));
    shapes.add(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%d\">%,.0f</text>",
            LABEL + width + 4,
            y + LINE - 5,
            bar.rate));
    text(2 * GAP, "", bar.contestant.text());
  }

  private void text(int x, String style, String content) {
    shapes.add("<text x=\"%d\" y=\"%d\" %s>%s</text>".formatted(x, y + LINE - 5, style, content));
    y += LINE;
  }
}
