package dev.warren.benchmarks.topology;

import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.platform.Cluster;
import dev.warren.benchmarks.platform.Metrics;
import dev.warren.benchmarks.platform.OperatorProcess;
import java.util.Locale;
import java.util.Set;

/// Requests, so far or in some time. Pure.
///
/// @param apiReads gets, lists and watches at the API server
/// @param apiWrites all others there
/// @param brokerReads what the operator asked the broker
/// @param brokerWrites what it told the broker
record Calls(long apiReads, long apiWrites, long brokerReads, long brokerWrites) {

  /// Of the API server, as its audit and its metric name them; of the broker, those of HTTP.
  private static final Set<String> READS =
      Set.of("GET", "LIST", "WATCH", "HEAD", "OPTIONS", "CONNECT");

  /// Renewals of the leader's lease say nothing of queues; reviews change nothing.
  private static final Set<String> NOT_COUNTED =
      Set.of(
          "leases", "selfsubjectrulesreviews", "selfsubjectaccessreviews", "subjectaccessreviews");

  /// What an operator for queues without workers may write, beside the resources of its own group.
  private static final Set<String> OF_WARREN =
      Set.of("secrets", "configmaps", "deployments", "events");

  /// Reads the metrics of both.
  ///
  /// @param shared whether the API server has other clients: then only what Warren may write counts
  /// @throws BenchmarkException if one of them does not count its requests
  static Calls of(Metrics api, boolean shared, Metrics broker) {
    require(api, Cluster.REQUESTS);
    require(broker, OperatorProcess.BROKER_REQUESTS);
    var reads = api.sum(sample -> isCounted(sample, shared) && isRead(sample.label("verb")));
    var all = api.sum(sample -> isCounted(sample, shared));
    var brokerReads = broker.sum(sample -> isRead(sample.label("method")));
    return new Calls(reads, all - reads, brokerReads, broker.sum(_ -> true) - brokerReads);
  }

  /// Those since an earlier count.
  Calls since(Calls earlier) {
    return new Calls(
        apiReads - earlier.apiReads,
        apiWrites - earlier.apiWrites,
        brokerReads - earlier.brokerReads,
        brokerWrites - earlier.brokerWrites);
  }

  long writes() {
    return apiWrites + brokerWrites;
  }

  long total() {
    return writes() + apiReads + brokerReads;
  }

  /// How many there are for each of so many queues.
  String each(int queues) {
    return String.format(
        Locale.ROOT,
        "API server %.1f writes, %.1f reads; broker %.1f writes, %.1f reads",
        apiWrites / (double) queues,
        apiReads / (double) queues,
        brokerWrites / (double) queues,
        brokerReads / (double) queues);
  }

  @Override
  public String toString() {
    return "API server %d writes, %d reads; broker %d writes, %d reads"
        .formatted(apiWrites, apiReads, brokerWrites, brokerReads);
  }

  private static boolean isCounted(Metrics.Sample sample, boolean shared) {
    var resource = sample.label("resource");
    var known = sample.label("group").equals("warren.dev") || OF_WARREN.contains(resource);
    return !resource.isEmpty() && !NOT_COUNTED.contains(resource) && (known || !shared);
  }

  private static boolean isRead(String verb) {
    return READS.contains(verb);
  }

  private static void require(Metrics metrics, String name) {
    if (metrics.samples().isEmpty()) {
      throw new BenchmarkException(
          "there is no metric '%s': what is not counted can't be called none".formatted(name));
    }
  }
}
