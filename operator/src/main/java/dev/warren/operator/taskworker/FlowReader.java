package dev.warren.operator.taskworker;

import static java.util.Objects.requireNonNullElse;

import dev.warren.crds.AdaptiveSpec;
import dev.warren.crds.BatchSpec;
import dev.warren.crds.CircuitBreakerSpec;
import dev.warren.crds.RateLimitSpec;
import dev.warren.crds.TaskWorkerSpec;
import dev.warren.model.Adaptive;
import dev.warren.model.Batch;
import dev.warren.model.Breaker;
import dev.warren.model.Flow;
import dev.warren.model.RateLimit;
import java.time.Duration;
import java.util.Optional;

/// Reads how many tasks a pod fetches and runs, and how fast. Messages of what is wrong begin with
/// the field below `spec.`. Pure.
final class FlowReader {
  private static final Duration DEFAULT_PER = Duration.ofMinutes(1);

  private FlowReader() {}

  static Flow flow(TaskWorkerSpec spec) {
    var concurrency = requireNonNullElse(spec.concurrency(), Flow.DEFAULT_CONCURRENCY);
    return new Flow(
        concurrency,
        requireNonNullElse(spec.prefetch(), Flow.prefetchFor(concurrency)),
        Optional.ofNullable(spec.adaptive()).map(FlowReader::adaptive),
        Optional.ofNullable(spec.rateLimit()).map(FlowReader::rateLimit),
        Optional.ofNullable(spec.circuitBreaker()).map(FlowReader::breaker),
        Optional.ofNullable(spec.batch()).map(FlowReader::batch));
  }

  private static Adaptive adaptive(AdaptiveSpec spec) {
    return new Adaptive(
        requireNonNullElse(spec.minConcurrency(), Adaptive.DEFAULT_MIN_CONCURRENCY),
        SpecDurations.read("adaptive.targetDuration", spec.targetDuration(), Duration.ZERO));
  }

  private static RateLimit rateLimit(RateLimitSpec spec) {
    if (spec.redis() != null && spec.scope() == RateLimitSpec.Scope.Pod) {
      throw new IllegalArgumentException(
          "rateLimit.redis keeps one limit for all pods; set rateLimit.scope to Worker, or leave redis out");
    }
    var per = SpecDurations.read("rateLimit.per", spec.per(), DEFAULT_PER);
    return new RateLimit(
        spec.tasks(),
        per,
        requireNonNullElse(spec.burst(), RateLimit.burstFor(spec.tasks(), per)),
        spec.redis() != null);
  }

  private static Breaker breaker(CircuitBreakerSpec spec) {
    var otherwise = Breaker.DEFAULT;
    return new Breaker(
        requireNonNullElse(spec.failureRate(), otherwise.failureRate()),
        requireNonNullElse(spec.minTasks(), otherwise.minTasks()),
        SpecDurations.read("circuitBreaker.pause", spec.pause(), otherwise.pause()));
  }

  private static Batch batch(BatchSpec spec) {
    return new Batch(
        spec.size(), SpecDurations.read("batch.maxWait", spec.maxWait(), Batch.DEFAULT_MAX_WAIT));
  }
}
