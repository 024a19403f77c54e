package dev.warren.operator.metricsapi;

import java.util.List;
import java.util.Map;

/// Who asks, as the API server in front has found out.
///
/// @param uid empty if the API server did not say
/// @param extra further attributes
record Caller(String user, String uid, List<String> groups, Map<String, List<String>> extra) {
  Caller {
    groups = List.copyOf(groups);
    extra = Map.copyOf(extra);
  }
}
