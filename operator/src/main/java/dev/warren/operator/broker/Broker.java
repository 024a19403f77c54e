package dev.warren.operator.broker;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One RabbitMQ: its vhosts as snapshots that a single thread keeps fresh, and the only way to
/// change it. May be called by any thread; calls block for as long as the broker takes, within
/// deadlines.
public final class Broker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

  private final String name;
  private final BrokerAddress address;
  private final ManagementApi api;
  private final VhostReader reader;
  private final VhostWriter writer;
  private final Duration interval;
  private final Consumer<VhostChange> listener;

  /// Written by any thread that asks for a vhost for the first time; entries are never removed.
  private final Map<String, Vhost> vhosts = new ConcurrentHashMap<>();

  private final Thread poller;

  /// Opens no connection: the first call does.
  ///
  /// @param name the TaskBroker's
  /// @param interval between two readings of every vhost in use
  /// @param listener told, on the polling thread, what differs from the reading before
  public Broker(
      String name,
      BrokerAddress address,
      Duration interval,
      Clock clock,
      Consumer<VhostChange> listener) {
    this.name = name;
    this.address = address;
    this.interval = interval;
    this.listener = listener;
    api = new ManagementApi(address);
    reader = new VhostReader(api, clock);
    writer = new VhostWriter(api);
    poller = Thread.ofVirtual().name("broker-" + name).start(this::poll);
  }

  /// Where it is.
  public BrokerAddress address() {
    return address;
  }

  /// Its version, asked for now.
  ///
  /// @throws BrokerException if it does not say
  public BrokerVersion version() {
    return BrokerVersion.parse(api.get("overview").path("rabbitmq_version").asText());
  }

  /// What is in a vhost: the last reading with all changes made since, or a reading made now if
  /// there is none.
  ///
  /// @throws BrokerException if the last reading failed
  public VhostSnapshot snapshot(String vhost) {
    return vhost(vhost).snapshot();
  }

  /// Carries out changes in their order.
  ///
  /// @throws BrokerException at the first that fails; the ones before stay
  public void apply(String vhost, List<BrokerChange> changes) {
    for (var change : changes) {
      if (writer.write(vhost, change)) {
        vhost(vhost).changed(change);
        // As text: an encoder that saw the record would write a new user's password.
        LOG.atDebug()
            .addKeyValue("broker", name)
            .addKeyValue("vhost", vhost)
            .addKeyValue("change", change.toString())
            .log("Changed the broker");
      }
    }
    LOG.atInfo()
        .addKeyValue("broker", name)
        .addKeyValue("vhost", vhost)
        .addKeyValue("changes", changes.size())
        .log("Applied changes to the broker");
  }

  /// Deletes a user, if there is one.
  ///
  /// @throws BrokerException if the broker did not answer
  public void deleteUser(String user) {
    var change = new BrokerChange.DeleteUser(user);
    writer.write("", change);
    vhosts.values().forEach(vhost -> vhost.changed(change));
  }

  /// Whether it is still being read.
  boolean polling() {
    return poller.isAlive();
  }

  /// Stops reading.
  @Override
  public void close() {
    poller.interrupt();
  }

  private Vhost vhost(String vhost) {
    return vhosts.computeIfAbsent(vhost, key -> new Vhost(() -> reader.read(key)));
  }

  private void poll() {
    try {
      while (true) {
        Thread.sleep(interval);
        vhosts.forEach((vhost, state) -> refresh(vhost, state));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void refresh(String vhost, Vhost state) {
    try {
      state.refresh().ifPresent(queues -> listener.accept(new VhostChange(name, queues)));
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue("broker", name)
          .addKeyValue("vhost", vhost)
          .setCause(e)
          .log("Reading the vhost failed; the next reading is tried as planned");
    }
  }
}
