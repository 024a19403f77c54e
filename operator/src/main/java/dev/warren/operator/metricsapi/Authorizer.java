package dev.warren.operator.metricsapi;

/// Says who may do what.
interface Authorizer {
  /// Whether the caller may read this metric of the namespace. May block.
  ///
  /// @param verb as an API server would have it: `list`, because a metric is asked for without a
  ///   name
  /// @throws RuntimeException if it cannot be found out
  boolean allows(Caller caller, String verb, String namespace, String metric);
}
