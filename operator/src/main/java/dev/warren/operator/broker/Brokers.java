package dev.warren.operator.broker;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The brokers of all TaskBrokers. The reconciler of TaskBrokers opens and closes them; any thread
/// may look one up.
public final class Brokers implements AutoCloseable {
  private final Duration interval;
  private final Clock clock;
  private final MeterRegistry meters;
  private final Map<String, Broker> open = new ConcurrentHashMap<>();
  private final List<Consumer<VhostChange>> listeners = new CopyOnWriteArrayList<>();

  /// None are open yet.
  ///
  /// @param interval between two readings of a vhost
  /// @param meters where calls are counted
  public Brokers(Duration interval, Clock clock, MeterRegistry meters) {
    this.interval = interval;
    this.clock = clock;
    this.meters = meters;
  }

  /// Adds a listener for what readings find; it must return soon.
  public void onChange(Consumer<VhostChange> listener) {
    listeners.add(listener);
  }

  /// The broker of this name, if its TaskBroker could be read.
  public Optional<Broker> find(String name) {
    return Optional.ofNullable(open.get(name));
  }

  /// The broker of this name at this address. Another address of the same management API, or other
  /// credentials, leave what is known of the broker; another management API opens it anew.
  public Broker open(String name, BrokerAddress address) {
    var known = open.get(name);
    if (known != null && known.address().equals(address)) {
      return known;
    }
    if (known != null && known.address().management().equals(address.management())) {
      known.use(address);
    } else {
      close(name);
      known = new Broker(name, address, interval, clock, meters, this::tell);
      open.put(name, known);
    }
    tell(VhostChange.everywhere(name));
    return known;
  }

  /// Deletes a user wherever it is: whose TaskQueue is gone, its broker is not known any more.
  ///
  /// @param mayHaveIt which brokers matter, by name: the trouble of another is passed over
  /// @throws BrokerException if a broker that matters did not answer; the others were asked still
  public void deleteUser(String user, Predicate<String> mayHaveIt) {
    var failures = new ArrayList<BrokerException>();
    open.forEach(
        (name, broker) -> {
          try {
            broker.deleteUser(user);
          } catch (BrokerException e) {
            if (mayHaveIt.test(name)) {
              failures.add(e);
            }
          }
        });
    if (!failures.isEmpty()) {
      throw failures.getFirst();
    }
  }

  /// Whether every broker is still being read.
  public boolean polling() {
    return open.values().stream().allMatch(Broker::polling);
  }

  /// Forgets a broker.
  public void close(String name) {
    Optional.ofNullable(open.remove(name)).ifPresent(Broker::close);
  }

  @Override
  public void close() {
    open.keySet().forEach(this::close);
  }

  private void tell(VhostChange change) {
    listeners.forEach(listener -> listener.accept(change));
  }
}
