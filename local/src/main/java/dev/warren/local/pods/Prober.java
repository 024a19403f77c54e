package dev.warren.local.pods;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.function.Consumer;

/// Asks one container one question over and over, until interrupted. Runs in a thread of its own,
/// which owns its state.
final class Prober implements Runnable {
  private static final Duration WHILE_STARTING = Duration.ofMillis(200);

  private final ProbePlan plan;
  private final boolean eager;
  private final Consumer<Boolean> onVerdict;
  private int successes;
  private int failures;
  private boolean everSucceeded;

  /// @param eager whether to ask at once and often until the first success, and not to wait for the
  ///   initial delay
  /// @param onVerdict called on this thread, with true for success, each time a threshold is passed
  Prober(ProbePlan plan, boolean eager, Consumer<Boolean> onVerdict) {
    this.plan = plan;
    this.eager = eager;
    this.onVerdict = onVerdict;
  }

  @Override
  public void run() {
    try {
      Thread.sleep(eager ? Duration.ZERO : plan.initialDelay());
      while (!Thread.currentThread().isInterrupted()) {
        count(succeeds());
        Thread.sleep(eager && !everSucceeded ? WHILE_STARTING : plan.period());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void count(boolean success) {
    successes = success ? successes + 1 : 0;
    failures = success ? 0 : failures + 1;
    if (successes == plan.successThreshold()) {
      everSucceeded = true;
      onVerdict.accept(true);
    } else if (failures == plan.failureThreshold()) {
      onVerdict.accept(false);
    }
  }

  private boolean succeeds() {
    try {
      var connection = (HttpURLConnection) plan.uri().toURL().openConnection();
      try {
        connection.setConnectTimeout((int) plan.timeout().toMillis());
        connection.setReadTimeout((int) plan.timeout().toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestProperty("Connection", "close");
        var code = connection.getResponseCode();
        return code >= 200 && code < 400;
      } finally {
        connection.disconnect();
      }
    } catch (IOException _) {
      return false;
    }
  }
}
