package dev.warren.operator.metricsapi;

import dev.warren.crds.TaskWorker;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// Answers what a HorizontalPodAutoscaler asks: a list of values, which it adds up, or a failure,
/// at which it keeps the size. A figure that is missing is never zero, and never left out of a sum.
/// Pure.
final class Metrics {
  private Metrics() {}

  /// @param figures those of the namespace, of all its objects
  static Reply answer(Metric metric, Route.Figure asked, List<Figure> figures, Instant now) {
    LabelSelector selector;
    try {
      selector = LabelSelector.parse(asked.selector());
    } catch (IllegalArgumentException e) {
      return Reply.badRequest(String.valueOf(e.getMessage()));
    }
    var matching = matching(selector, figures);
    if (matching.isEmpty()) {
      return Reply.notFound(nothing(metric, asked));
    }
    return matching.stream()
        .filter(figure -> figure.value().isEmpty())
        .findFirst()
        .map(figure -> Reply.unavailable(unknown(metric, asked, figure)))
        .orElseGet(() -> Reply.ok(list(metric, matching, now)));
  }

  /// The wanted size of a TaskWorker, as a number by itself.
  static Reply size(Route.Size asked, List<TaskWorker> workers) {
    return Figure.of(Metric.WANTED_REPLICAS, workers, List.of()).stream()
        .filter(figure -> figure.name().equals(asked.name()))
        .findFirst()
        .map(
            figure ->
                figure.value().isPresent()
                    ? Reply.ok(Map.of("wanted", figure.value().getAsLong()))
                    : Reply.unavailable(
                        "the wanted size of '%s' is not known now; its status says why"
                            .formatted(asked.name())))
        .orElseGet(
            () ->
                Reply.notFound(
                    "there is no TaskWorker '%s' in namespace '%s'"
                        .formatted(asked.name(), asked.namespace())));
  }

  /// There is no such metric.
  static Reply noMetric(String name) {
    return Reply.notFound(
        "there is no metric '%s'; use one of %s"
            .formatted(
                name,
                Arrays.stream(Metric.values())
                    .map(metric -> metric.id)
                    .collect(Collectors.joining(", "))));
  }

  private static List<Figure> matching(LabelSelector selector, List<Figure> figures) {
    var matching = figures.stream().filter(it -> selector.matches(it.labels())).toList();
    return matching.isEmpty()
        ? figures.stream()
            .map(Figure::byResource)
            .filter(it -> selector.matches(it.labels()))
            .toList()
        : matching;
  }

  private static String nothing(Metric metric, Route.Figure asked) {
    return "no %s of namespace '%s' matches '%s'; %s knows those of the asking namespace only, by the label %s"
        .formatted(
            metric == Metric.WANTED_REPLICAS ? "TaskWorker" : "TaskQueue",
            asked.namespace(),
            asked.selector(),
            metric.id,
            metric == Metric.WANTED_REPLICAS ? Figure.TASK_WORKER : Figure.QUEUE);
  }

  private static String unknown(Metric metric, Route.Figure asked, Figure figure) {
    return "%s of '%s' in namespace '%s' is not known now; its status says why"
        .formatted(metric.id, figure.name(), asked.namespace());
  }

  private static Map<String, Object> list(Metric metric, List<Figure> figures, Instant now) {
    return Map.of(
        "kind",
        "ExternalMetricValueList",
        "apiVersion",
        Route.GROUP + "/" + Route.VERSION,
        "metadata",
        Map.of(),
        "items",
        figures.stream().map(figure -> item(metric, figure, now)).toList());
  }

  private static Map<String, Object> item(Metric metric, Figure figure, Instant now) {
    return Map.of(
        "metricName", metric.id,
        "metricLabels", figure.labels(),
        "timestamp", now.truncatedTo(ChronoUnit.SECONDS).toString(),
        "value", String.valueOf(figure.value().orElseThrow()));
  }
}
