package dev.warren.local.apiserver;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/// How many requests were answered, in the form and under the name of the real server's metric. Any
/// thread may call.
final class RequestCounts {
  /// Where they are served.
  static final String PATH = "/metrics";

  private final Map<Kind, LongAdder> counts = new ConcurrentHashMap<>();

  /// What is counted separately.
  ///
  /// @param verb `GET`, `LIST`, `WATCH`, or another method
  /// @param group empty for the core, and for requests about no type
  /// @param resource plural; empty for requests about no type
  private record Kind(String verb, String group, String resource, String subresource, int code) {
    @Override
    public String toString() {
      return "apiserver_request_total{verb=\"%s\",group=\"%s\",resource=\"%s\",subresource=\"%s\",code=\"%d\"}"
          .formatted(verb, group, resource, subresource, code);
    }
  }

  void count(ApiRequest request, int code) {
    var kind =
        ResourcePath.parse(request.path())
            .map(
                path ->
                    new Kind(
                        verb(path, request), path.group(), path.plural(), path.subresource(), code))
            .orElseGet(() -> new Kind(request.method(), "", "", "", code));
    counts.computeIfAbsent(kind, _ -> new LongAdder()).increment();
  }

  /// All of them in Prometheus' text format.
  String text() {
    return counts.entrySet().stream()
        .map(entry -> "%s %d\n".formatted(entry.getKey(), entry.getValue().sum()))
        .sorted()
        .collect(Collectors.joining("", "# TYPE apiserver_request_total counter\n", ""));
  }

  private static String verb(ResourcePath path, ApiRequest request) {
    if (!request.method().equals("GET")) {
      return request.method();
    }
    if (request.isSet("watch")) {
      return "WATCH";
    }
    return path.name().isEmpty() ? "LIST" : "GET";
  }
}
