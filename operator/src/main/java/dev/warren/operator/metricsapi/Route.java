package dev.warren.operator.metricsapi;

import java.util.List;
import java.util.Optional;

/// What a request is about. Pure.
sealed interface Route {
  /// The group of the API.
  String GROUP = "external.metrics.k8s.io";

  /// Its only version.
  String VERSION = "v1beta1";

  /// Of what KEDA asks for.
  String VERSION_OF_SIZES = "v1";

  /// A document that is the same for all, and tells nothing that is not in the manual.
  record Fixed(Reply reply) implements Route {}

  /// A metric of a namespace.
  ///
  /// @param metric its name, whether there is such a metric or not
  /// @param selector as it was written
  record Figure(String namespace, String metric, String selector) implements Route {}

  /// The wanted size of one TaskWorker, for who shows its token.
  record Size(String namespace, String name) implements Route {
    /// Where it is served.
    String path() {
      return "/scaling/v1/namespaces/%s/taskworkers/%s".formatted(namespace, name);
    }
  }

  /// Nothing that is served.
  record Nowhere() implements Route {}

  /// What this request is about.
  ///
  /// @throws IllegalArgumentException if it is not encoded as a URL wants it
  static Route of(Query query) {
    var segments = query.segments();
    return Optional.<Route>empty()
        .or(() -> Discovery.of(segments).map(Fixed::new))
        .or(() -> figure(segments, query))
        .or(() -> size(segments))
        .orElseGet(Nowhere::new);
  }

  private static Optional<Route> size(List<String> segments) {
    return segments.size() == 6
            && segments.subList(0, 3).equals(List.of("scaling", VERSION_OF_SIZES, "namespaces"))
            && segments.get(4).equals("taskworkers")
        ? Optional.of(new Size(segments.get(3), segments.get(5)))
        : Optional.empty();
  }

  private static Optional<Route> figure(List<String> segments, Query query) {
    return segments.size() == 6
            && segments.subList(0, 4).equals(List.of("apis", GROUP, VERSION, "namespaces"))
        ? Optional.of(
            new Figure(
                segments.get(4), segments.get(5), query.parameter("labelSelector").orElse("")))
        : Optional.empty();
  }
}
