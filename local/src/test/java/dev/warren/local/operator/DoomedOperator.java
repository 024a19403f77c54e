package dev.warren.local.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.warren.local.operator.KillingProxy.Moment;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ThrowingRunnable;

/// The operator of a cluster, which is killed at its writes to the broker and started again. For
/// the tests of one class, by one thread.
final class DoomedOperator implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MORE_THAN_ANY_STEPS = 40;

  /// An operator that has read so often has compared what it found with what should be.
  private static final int SEVERAL_READINGS = 5;

  private final TestCluster cluster;
  private final KillingProxy proxy;

  private DoomedOperator(TestCluster cluster, KillingProxy proxy) {
    this.cluster = cluster;
    this.proxy = proxy;
  }

  /// The operator of this cluster, which reaches the broker by a proxy from now on.
  static DoomedOperator of(TestCluster cluster) throws IOException, InterruptedException {
    cluster.operator().stop();
    var broker = cluster.broker();
    var proxy = new KillingProxy(broker.managementUri());
    cluster.applyBroker(cluster.namespace(), broker.uri().toString(), proxy.uri().toString());
    cluster.startOperator();
    return new DoomedOperator(cluster, proxy);
  }

  /// Is killed at each of its writes, and started again, until the end is reached and one that was
  /// started again has gone on for a while without a write.
  ///
  /// @param end fails while it is not reached; is called again and again
  /// @return the writes
  List<String> killAtEachStep(Moment moment, Runnable change, ThrowingRunnable end)
      throws IOException {
    proxy.kill(cluster.operator(), moment, 0);
    change.run();
    return stepsUntil(moment, end);
  }

  /// The same for one that is dead when the change comes.
  List<String> goOn(Moment moment, Runnable change, ThrowingRunnable end) throws IOException {
    change.run();
    resume(moment);
    return stepsUntil(moment, end);
  }

  private List<String> stepsUntil(Moment moment, ThrowingRunnable end) throws IOException {
    var steps = new ArrayList<String>();
    for (var step = step(end); step.isPresent(); step = step(end)) {
      steps.add(step.get());
      assertThat(steps).hasSizeLessThan(MORE_THAN_ANY_STEPS);
      resume(moment);
    }
    return steps;
  }

  /// Is killed at each of its writes, and started again, until it is dead at a certain one.
  ///
  /// @param last a part of that write's path
  void killUntil(Moment moment, Runnable change, String last) throws IOException {
    proxy.kill(cluster.operator(), moment, 0);
    change.run();
    for (var step = fatal(); !step.contains(last); step = fatal()) {
      resume(moment);
    }
  }

  /// Is not killed any more; is started if it is dead.
  void spare() throws IOException {
    if (proxy.fatal().isPresent()) {
      cluster.startOperator();
    }
    proxy.spare();
  }

  @Override
  public void close() {
    proxy.close();
  }

  /// The write at which it is killed; empty if it has come to the end and goes on without one.
  private Optional<String> step(ThrowingRunnable end) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .untilAsserted(
            () -> {
              if (proxy.fatal().isEmpty()) {
                end.run();
                assertThat(proxy.readings()).isGreaterThan(SEVERAL_READINGS);
              }
            });
    return proxy.fatal();
  }

  private String fatal() {
    return await().atMost(PATIENCE).until(proxy::fatal, Optional::isPresent).orElseThrow();
  }

  /// One that is to be killed before a write first makes the one that its predecessor did not.
  private void resume(Moment moment) throws IOException {
    proxy.kill(cluster.launchOperator(), moment, moment == Moment.BEFORE ? 1 : 0);
  }
}
