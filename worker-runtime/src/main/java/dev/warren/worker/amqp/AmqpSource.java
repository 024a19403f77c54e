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

/// Deliveries of a worker's sources, over one session after another. Its loop is the owner of each
/// session and goes on until it is closed, whatever the broker does; {@link #obstacle()} says what
/// keeps it from consuming. Safe for use by any thread.
public final class AmqpSource implements DeliverySource {
  private static final Logger LOG = LoggerFactory.getLogger(AmqpSource.class);
  private static final String CONNECTING = "the pod is connecting to the broker";
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(15);

  private final AmqpSettings settings;
  private final Supplier<BrokerBinding> bindings;
  private final Consumer<Delivery> sink;
  private final BrokerConnections connections = new BrokerConnections();
  private final BackOff backOff = new BackOff(RandomGenerator.getDefault());
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread loop = Thread.ofPlatform().name("amqp").unstarted(this::run);

  /// Deliveries that may be outstanding. Written by the engine, read by the sources' threads.
  private volatile int window;

  /// Why the last session ended or could not be opened. Written by the loop, read by all.
  private volatile String reason = CONNECTING;

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
    this.window = settings.prefetch();
  }

  /// Starts the loop.
  public void start() {
    loop.start();
  }

  /// Whether the loop runs, connected or not.
  public boolean isAlive() {
    return loop.isAlive();
  }

  /// Why nothing is being consumed, in plain words; empty while at least one source is, if only by
  /// a window that is closed for the time being.
  public Optional<String> obstacle() {
    if (isStopping()) {
      return Optional.of("the pod is stopping");
    }
    var current = session;
    return current != null && current.isConsuming() ? Optional.empty() : Optional.of(reason);
  }

  @Override
  public void allow(int deliveries) {
    window = deliveries;
    var current = session;
    if (current != null) {
      current.followWindow();
    }
  }

  @Override
  public boolean isFetching() {
    var current = session;
    return current != null && current.isFetching();
  }

  @Override
  public void stopFetching() throws InterruptedException {
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
  }

  private void run() {
    try {
      while (!isStopping()) {
        long start = System.nanoTime();
        var failure = consume();
        var lasted = Duration.ofNanos(System.nanoTime() - start);
        failure.filter(_ -> !isStopping()).ifPresent(this::report);
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
      return serve(connections.open(settings, this::windowOfSource, binding, sink));
    } catch (IOException | TimeoutException | ShutdownSignalException e) {
      return Optional.of(Obstacle.of(e, binding).text());
    }
  }

  private Optional<String> serve(Session opened) throws InterruptedException {
    session = opened;
    try {
      return isStopping() ? Optional.empty() : opened.serve().map(Obstacle::text);
    } finally {
      if (opened.hasConsumed()) {
        reason = CONNECTING;
      }
      session = null;
      opened.close();
    }
  }

  /// Logs a reason once, however often it comes again before the next success.
  private void report(String next) {
    if (!reason.equals(next)) {
      LOG.atWarn()
          .addKeyValue("queue", settings.queue())
          .addKeyValue("reason", next)
          .log("Not consuming; will go on trying");
    }
    reason = next;
  }

  private int windowOfSource() {
    return settings.windowOfSource(window);
  }

  private boolean isStopping() {
    return stopping.getCount() == 0;
  }
}
