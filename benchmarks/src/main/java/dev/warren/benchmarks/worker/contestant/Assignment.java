package dev.warren.benchmarks.worker.contestant;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/// What a contestant consumes, and how: its process has it in its environment.
///
/// @param broker AMQP URI
/// @param queue to consume
/// @param prefetch deliveries outstanding at most
/// @param concurrency tasks that run at once, where the contestant can
/// @param work what they do
/// @param tally file of the {@link Tally}
public record Assignment(
    String broker, String queue, int prefetch, int concurrency, Work work, Path tally) {
  /// The environment to start the process with.
  public Map<String, String> environment() {
    return Map.of(
        "RABBITMQ_URL", broker,
        "BENCHMARK_QUEUE", queue,
        "BENCHMARK_PREFETCH", Integer.toString(prefetch),
        "BENCHMARK_CONCURRENCY", Integer.toString(concurrency),
        "BENCHMARK_WORK", work.text(),
        "BENCHMARK_TALLY", tally.toString());
  }

  /// How many consumers a contestant needs that runs one task at a time in each: a single one for
  /// tasks that take no time.
  public int consumers() {
    return work.takesTime() ? concurrency : 1;
  }

  /// Reads what {@link #environment} wrote.
  public static Assignment read(Map<String, String> environment) {
    return new Assignment(
        value("RABBITMQ_URL", environment),
        value("BENCHMARK_QUEUE", environment),
        Integer.parseInt(value("BENCHMARK_PREFETCH", environment)),
        Integer.parseInt(value("BENCHMARK_CONCURRENCY", environment)),
        Work.parse(value("BENCHMARK_WORK", environment)),
        Path.of(value("BENCHMARK_TALLY", environment)));
  }

  private static String value(String name, Map<String, String> environment) {
    return Objects.requireNonNull(environment.get(name), name);
  }
}
