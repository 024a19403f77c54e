package dev.warren.operator.metricsapi;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The documents by which API server and clients find out what is served. They need neither broker
/// nor API server, because the deletion of every namespace in the cluster waits for them. Pure.
final class Discovery {
  private static final String GROUP_VERSION = Route.GROUP + "/" + Route.VERSION;

  private static final Map<String, Reply> DOCUMENTS =
      Map.of(
          "healthz",
          Reply.ok("ok"),
          "livez",
          Reply.ok("ok"),
          "readyz",
          Reply.ok("ok"),
          "apis",
          Reply.ok(groups()),
          "apis/" + Route.GROUP,
          Reply.ok(withKind("APIGroup", group())),
          "apis/" + GROUP_VERSION,
          Reply.ok(resources()),
          "openapi/v2",
          Reply.ok(openApi2()),
          "openapi/v3",
          Reply.ok(Map.of("paths", Map.of())));

  private Discovery() {}

  static Optional<Reply> of(List<String> segments) {
    return Optional.ofNullable(DOCUMENTS.get(String.join("/", segments)));
  }

  private static Map<String, Object> groups() {
    return withKind("APIGroupList", Map.of("groups", List.of(group())));
  }

  private static Map<String, Object> group() {
    var version = Map.of("groupVersion", GROUP_VERSION, "version", Route.VERSION);
    return Map.of("name", Route.GROUP, "versions", List.of(version), "preferredVersion", version);
  }

  /// Only `get`: what could be listed or deleted would be looked for in every namespace that is
  /// being deleted.
  private static Map<String, Object> resources() {
    return withKind(
        "APIResourceList",
        Map.of(
            "groupVersion",
            GROUP_VERSION,
            "resources",
            Arrays.stream(Metric.values()).map(Discovery::resource).toList()));
  }

  private static Map<String, Object> resource(Metric metric) {
    return Map.of(
        "name",
        metric.id,
        "singularName",
        "",
        "namespaced",
        true,
        "kind",
        "ExternalMetricValueList",
        "verbs",
        List.of("get"));
  }

  private static Map<String, Object> openApi2() {
    return Map.of(
        "swagger",
        "2.0",
        "info",
        Map.of("title", "Warren external metrics", "version", Route.VERSION),
        "paths",
        Map.of());
  }

  private static Map<String, Object> withKind(String kind, Map<String, Object> fields) {
    var document = new LinkedHashMap<String, Object>();
    document.put("kind", kind);
    document.put("apiVersion", "v1");
    document.putAll(fields);
    return document;
  }
}
