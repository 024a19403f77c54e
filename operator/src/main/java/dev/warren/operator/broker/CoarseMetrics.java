package dev.warren.operator.broker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// RabbitMQ's metrics of the family `queue_coarse_metrics`, in Prometheus' text format. Pure.
final class CoarseMetrics {
  private static final Pattern SAMPLE =
      Pattern.compile("rabbitmq_detailed_(queue_messages\\w*)\\{.*,queue=\"(.*)\"} (\\d+)");

  private static final Pattern ESCAPE = Pattern.compile("\\\\([\\\\\"n])");
  private static final Map<String, String> ESCAPED = Map.of("\\", "\\", "\"", "\"", "n", "\n");

  private CoarseMetrics() {}

  /// Figures by queue, of an answer that is about one vhost.
  ///
  /// @param known names of queues. RabbitMQ escapes names from 4.0 on: one that is not known as it
  ///   stands there is taken for escaped
  static Map<String, QueueFigures> read(InputStream body, Set<String> known) throws IOException {
    var figures = new HashMap<String, QueueFigures>();
    var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    for (var line = lines.readLine(); line != null; line = lines.readLine()) {
      var sample = SAMPLE.matcher(line);
      if (sample.matches()) {
        var count = OptionalLong.of(Long.parseLong(sample.group(3)));
        var text = sample.group(2);
        figures.merge(
            known.contains(text) ? text : unescaped(text),
            figure(sample.group(1), count),
            CoarseMetrics::together);
      }
    }
    return figures;
  }

  private static QueueFigures figure(String metric, OptionalLong count) {
    var none = OptionalLong.empty();
    return switch (metric) {
      case "queue_messages_ready" -> new QueueFigures(count, none, none);
      case "queue_messages_unacked" -> new QueueFigures(none, count, none);
      case "queue_messages" -> new QueueFigures(none, none, count);
      default -> QueueFigures.UNKNOWN;
    };
  }

  private static QueueFigures together(QueueFigures one, QueueFigures other) {
    return new QueueFigures(
        one.ready().isPresent() ? one.ready() : other.ready(),
        one.unacknowledged().isPresent() ? one.unacknowledged() : other.unacknowledged(),
        one.total().isPresent() ? one.total() : other.total());
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(ESCAPED.get(found.group(1))));
  }
}
