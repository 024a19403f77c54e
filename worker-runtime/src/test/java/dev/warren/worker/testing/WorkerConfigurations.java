package dev.warren.worker.testing;

import dev.warren.model.BrokerNames;
import dev.warren.model.Flow;
import dev.warren.model.HandlerConfiguration;
import dev.warren.model.LogLevel;
import dev.warren.model.RetryPlan;
import dev.warren.model.WorkerConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A configuration as tests need it: short delays, ten tasks at once, no jitter.
public final class WorkerConfigurations {
  /// Three attempts, 50 ms and 100 ms apart.
  public static final RetryPlan PLAN =
      new RetryPlan(3, Duration.ofMillis(50), 2, Duration.ofMillis(100), 0);

  /// For tests that bring a handler of their own.
  public static final HandlerConfiguration JAVA =
      new HandlerConfiguration.Java("com.example.Handler");

  private WorkerConfigurations() {}

  /// Ten tasks at once, and whatever the test is not about.
  public static WorkerConfiguration standard() {
    return with(10, Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  /// With these limits.
  public static WorkerConfiguration with(
      int concurrency, Duration taskTimeout, Duration drainDeadline) {
    return of(JAVA, concurrency, taskTimeout, drainDeadline);
  }

  /// With this flow.
  public static WorkerConfiguration with(Flow flow) {
    return of(
        List.of(TestTopology.QUEUE), JAVA, flow, Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  /// The standard one for a queue that promises an order.
  public static WorkerConfiguration ordered() {
    var settings = standard().toSettings();
    settings.put("queue.ordered", "true");
    return WorkerConfiguration.parse(settings);
  }

  /// With these sources.
  public static WorkerConfiguration consuming(
      HandlerConfiguration handler, Duration drainDeadline, String... sources) {
    return of(List.of(sources), handler, 10, Duration.ofSeconds(30), drainDeadline);
  }

  /// With this handler and these limits.
  public static WorkerConfiguration of(
      HandlerConfiguration handler, int concurrency, Duration taskTimeout, Duration drainDeadline) {
    return of(List.of(TestTopology.QUEUE), handler, concurrency, taskTimeout, drainDeadline);
  }

  private static WorkerConfiguration of(
      List<String> sources,
      HandlerConfiguration handler,
      int concurrency,
      Duration taskTimeout,
      Duration drainDeadline) {
    return of(sources, handler, Flow.of(concurrency), taskTimeout, drainDeadline);
  }

  private static WorkerConfiguration of(
      List<String> sources,
      HandlerConfiguration handler,
      Flow flow,
      Duration taskTimeout,
      Duration drainDeadline) {
    return new WorkerConfiguration(
        "media",
        "resizer",
        TestTopology.QUEUE,
        sources,
        false,
        handler,
        flow,
        PLAN,
        List.of(),
        Optional.empty(),
        BrokerNames.DEAD_LETTER_EXCHANGE,
        taskTimeout,
        drainDeadline,
        LogLevel.INFO);
  }
}
