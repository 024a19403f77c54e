package dev.warren.worker.amqp;

import com.rabbitmq.client.ShutdownSignalException;
import dev.warren.model.BrokerBinding;
import dev.warren.worker.Delivery;
import dev.warren.worker.DeliverySource;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deliveries of one queue, over one session after another. Its loop is the owner of each session
/// and goes on until it is closed, whatever the broker does; {@link #obstacle()} says what keeps it
/// from consuming. Safe for use by any thread.
public final class AmqpSource implements DeliverySource {
  private static final Logger LOG = LoggerFactory.getLogger(AmqpSource.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

  private final AmqpSettings settings;
  private final Supplier<BrokerBinding> bindings;
  private final Consumer<Delivery> sink;
  private final BrokerConnections connections = new BrokerConnections();
  private final BackOff backOff = new BackOff(RandomGenerator.getDefault());
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread loop = Thread.ofPlatform().name("amqp").unstarted(this::run);

  /// Written by the loop, read by all.
  private volatile Optional<String> obstacle = Optional.of("the pod is connecting to the broker");

  /// The session being served. Written by the loop, read by the stopping thread.
  private volatile @Nullable Session session;

  /// A source that does nothing yet.
  ///
  /// @param bindings asked anew for each session, because credentials rotate; throws {@link
  ///   BindingException} when there is none
  /// @param sink takes deliveries, at once and on any thread
  public AmqpSource(
      AmqpSettings settings, Supplier<BrokerBinding> bindings, Consumer<Delivery> sink) {
    this.settings = settings;
    this.bindings = bindings;
    this.sink = sink;
  }

  /// Starts the loop.
  public void start() {
    loop.start();
  }

  /// Whether the loop runs, connected or not.
  public boolean isAlive() {
    return loop.isAlive();
  }

  /// Why nothing is being consumed, in plain words; empty while it is.
  public Optional<String> obstacle() {
    return obstacle;
  }

  @Override
  public void stopFetching() throws InterruptedException {
    obstacle = Optional.of("the pod is stopping");
    stopping.countDown();
    var current = session;
    if (current != null) {
      current.stopFetching();
    }
  }

  @Override
  public void close() throws InterruptedException {
    stopping.countDown();
    var current = session;
    if (current != null) {
      current.finish();
    }
    loop.join(CLOSE_TIMEOUT);
    connections.close();
  }

  private void run() {
    try {
      while (!isStopping()) {
        long start = System.nanoTime();
        var reason = consume();
        var lasted = Duration.ofNanos(System.nanoTime() - start);
        reason.filter(_ -> !isStopping()).ifPresent(this::report);
        var wait = backOff.after(lasted);
        var _ = stopping.await(wait.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /// Opens a session and serves it to its end. Says what ended it or kept it from opening; nothing
  /// if it was finished.
  private Optional<String> consume() throws InterruptedException {
    BrokerBinding binding;
    try {
      binding = bindings.get();
    } catch (BindingException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
    try {
      var opened = connections.open(settings, binding);
      try {
        return serve(opened);
      } finally {
        session = null;
        opened.close();
      }
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      return Optional.of(Obstacle.describe(e, binding));
    }
  }

  private Optional<String> serve(Session opened) throws IOException, InterruptedException {
    opened.consume(sink);
    session = opened;
    if (isStopping()) {
      return Optional.empty();
    }
    obstacle = Optional.empty();
    LOG.atInfo().addKeyValue("queue", settings.queue()).log("Consuming");
    return opened.serve();
  }

  /// Logs a reason once, however often it comes again before the next success.
  private void report(String reason) {
    if (!obstacle.equals(Optional.of(reason))) {
      LOG.atWarn()
          .addKeyValue("queue", settings.queue())
          .addKeyValue("reason", reason)
          .log("Not consuming; will go on trying");
    }
    obstacle = Optional.of(reason);
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }
}
