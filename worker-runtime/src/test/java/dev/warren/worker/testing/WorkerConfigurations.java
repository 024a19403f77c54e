package dev.warren.worker.testing;

import dev.warren.model.BrokerNames;
import dev.warren.model.HandlerConfiguration;
import dev.warren.model.QueueType;
import dev.warren.model.RetryPlan;
import dev.warren.model.WorkerConfiguration;
import java.time.Duration;

/// A configuration as tests need it: short delays, ten tasks at once, no jitter.
public final class WorkerConfigurations {
  /// Three attempts, 50 ms and 100 ms apart.
  public static final RetryPlan PLAN =
      new RetryPlan(3, Duration.ofMillis(50), 2, Duration.ofMillis(100), 0);

  private static final HandlerConfiguration JAVA =
      new HandlerConfiguration.Java("com.example.Handler");

  private WorkerConfigurations() {}

  /// Ten tasks at once, and whatever the test is not about.
  public static WorkerConfiguration standard() {
    return with(10, Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  /// The standard one for a queue of this type.
  public static WorkerConfiguration on(QueueType type) {
    return of(JAVA, type, 10, Duration.ofSeconds(30), Duration.ofSeconds(30));
  }

  /// With these limits.
  public static WorkerConfiguration with(
      int concurrency, Duration taskTimeout, Duration drainDeadline) {
    return of(JAVA, QueueType.CLASSIC, concurrency, taskTimeout, drainDeadline);
  }

  /// With this handler and these limits.
  public static WorkerConfiguration of(
      HandlerConfiguration handler,
      QueueType type,
      int concurrency,
      Duration taskTimeout,
      Duration drainDeadline) {
    return new WorkerConfiguration(
        "media",
        "resizer",
        TestTopology.QUEUE,
        type,
        handler,
        concurrency,
        WorkerConfiguration.prefetchFor(concurrency),
        PLAN,
        BrokerNames.DEAD_LETTER_EXCHANGE,
        taskTimeout,
        drainDeadline);
  }
}
