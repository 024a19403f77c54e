package dev.warren.operator.broker;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One RabbitMQ: its vhosts as snapshots that a single thread keeps fresh, and the only way to
/// change it. May be called by any thread; calls block for as long as the broker takes, within
/// deadlines, and fail at once while it is known not to answer.
public final class Broker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);

  private final String name;
  private final ManagementApi api;
  private final MetricsReader metrics;
  private final VhostReader reader;
  private final AccountsReader accountsReader;
  private final HoldingsReader holdingsReader;
  private final VhostWriter writer;
  private final GroupCommit imports;
  private final Rounds rounds;
  private final Consumer<VhostChange> listener;
  private final Duration interval;
  private final Clock clock;

  /// Written by any thread that asks for a vhost for the first time; entries are never removed.
  private final Map<String, Vhost> vhosts = new ConcurrentHashMap<>();

  /// Of each vhost that workers shrink in. Written by any thread that asks; entries are never
  /// removed.
  private final Map<String, Recent<Holdings>> holdings = new ConcurrentHashMap<>();

  private final Knowledge<Accounts> accounts = new Knowledge<>(Accounts.NONE);

  /// Written by the thread that opens the broker, read by all.
  private volatile BrokerAddress address;

  /// Written by those that ask, read by all.
  private volatile @Nullable BrokerFeatures lastFeatures;

  /// Opens no connection: the first call does.
  ///
  /// @param name the TaskBroker's
  /// @param interval the shortest between two readings of a vhost in use
  /// @param meters where calls are counted
  /// @param listener told what differs from the reading before, on the polling thread, and what the
  ///   broker can do, on the thread that asked
  public Broker(
      String name,
      BrokerAddress address,
      Duration interval,
      Clock clock,
      MeterRegistry meters,
      Consumer<VhostChange> listener) {
    this.name = name;
    this.address = address;
    this.listener = listener;
    this.interval = interval;
    this.clock = clock;
    api = new ManagementApi(name, address, clock, meters);
    metrics = new MetricsReader(address, clock);
    reader = new VhostReader(api, metrics, clock);
    accountsReader = new AccountsReader(api);
    holdingsReader = new HoldingsReader(api);
    writer = new VhostWriter(api);
    imports = new GroupCommit(name, clock, api::importDefinitions);
    rounds = new Rounds(name, interval, clock, new Readings());
    rounds.start();
  }

  /// Where it is.
  public BrokerAddress address() {
    return address;
  }

  /// What it can do, asked for now.
  ///
  /// @throws BrokerException if it does not say
  public BrokerFeatures features() {
    var overview = api.get("overview");
    var features =
        new BrokerFeatures(
            BrokerVersion.parse(overview.path("rabbitmq_version").asText()),
            overview
                .path("exchange_types")
                .valueStream()
                .map(type -> type.path("name").asText())
                .collect(Collectors.toSet()));
    var before = lastFeatures;
    lastFeatures = features;
    if (!features.equals(before)) {
      // Until now nobody could plan, or planned for another version.
      listener.accept(VhostChange.everywhere(name));
    }
    return features;
  }

  /// What it could do when it was asked last; empty if it never said.
  public Optional<BrokerFeatures> lastFeatures() {
    return Optional.ofNullable(lastFeatures);
  }

  /// What tells how many messages queues hold.
  public FiguresSource figuresSource() {
    return new FiguresSource(metrics.isGiven() && metrics.trouble().isEmpty(), metrics.trouble());
  }

  /// What is in a vhost: the last reading with all changes made since, or a reading made now if
  /// there is none.
  ///
  /// @throws BrokerException if the last reading failed
  public VhostSnapshot snapshot(String vhost) {
    var known = vhost(vhost).snapshot();
    return known.withUsers(accounts.get(accountsReader::read).in(vhost));
  }

  /// Who holds deliveries in a vhost, read at most once in an interval, however many ask.
  ///
  /// @throws BrokerException if the broker did not answer
  public Holdings holdings(String vhost) {
    return holdings
        .computeIfAbsent(
            vhost, key -> new Recent<>(() -> holdingsReader.read(key), interval, clock))
        .get();
  }

  /// Carries out changes in their order, additive ones together with those of other callers.
  ///
  /// What an import skips without a word shows in the next reading: a queue or an exchange that is
  /// there with other arguments.
  ///
  /// @throws BrokerException at the first that fails; the ones before stay
  public void apply(String vhost, List<BrokerChange> changes) {
    var done = 0;
    while (done < changes.size()) {
      var run = run(changes.subList(done, changes.size()));
      if (run.isEmpty()) {
        write(vhost, changes.get(done));
        done++;
      } else {
        commit(vhost, run);
        done += run.size();
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
    write("", new BrokerChange.DeleteUser(user));
  }

  /// Goes on at this address, which is of the same broker, and keeps what is known of it.
  void use(BrokerAddress other) {
    address = other;
    api.use(other);
    metrics.use(other);
    rounds.hurry();
  }

  /// Whether it is still being read and written.
  boolean polling() {
    return rounds.running() && imports.running();
  }

  /// Stops reading and writing.
  @Override
  public void close() {
    rounds.close();
    imports.close();
    metrics.close();
    api.close();
  }

  /// The changes at the beginning that one import can make.
  private static List<BrokerChange> run(List<BrokerChange> changes) {
    return changes.stream().takeWhile(Definitions::canHold).limit(GroupCommit.MOST).toList();
  }

  /// A refusal may be meant for somebody else's change: each is made by itself then.
  private void commit(String vhost, List<BrokerChange> run) {
    var expectations = run.stream().map(change -> expect(vhost, change)).toList();
    try {
      imports.commit(vhost, run);
      expectations.forEach(Expectation::fulfilled);
    } catch (BrokerException e) {
      if (e.kind() == BrokerException.Kind.UNREACHABLE) {
        throw e;
      }
      run.forEach(change -> write(vhost, change));
    } finally {
      expectations.forEach(Expectation::close);
    }
  }

  private void write(String vhost, BrokerChange change) {
    try (var expectation = expect(vhost, change)) {
      if (writer.write(vhost, change)) {
        expectation.fulfilled();
      }
    }
  }

  private Expectation expect(String vhost, BrokerChange change) {
    // As text: an encoder that saw the record would write a new user's password.
    LOG.atDebug()
        .addKeyValue("broker", name)
        .addKeyValue("vhost", vhost)
        .addKeyValue("change", change.toString())
        .log("Changing the broker");
    return Accounts.concerns(change)
        ? Expectation.of(accounts, known -> known.with(vhost, change))
        : Expectation.of(vhost(vhost).knowledge(), known -> known.with(change));
  }

  private Vhost vhost(String vhost) {
    return vhosts.computeIfAbsent(
        vhost,
        key ->
            new Vhost(
                before -> reader.read(key, before), before -> reader.readFigures(key, before)));
  }

  private void tell(String vhost, Affected affected) {
    if (!affected.isEmpty()) {
      listener.accept(new VhostChange(name, vhost, affected));
    }
  }

  private final class Readings implements Rounds.Subject {
    @Override
    public Map<String, Vhost> vhosts() {
      return vhosts;
    }

    @Override
    public void read(String vhost, Vhost state, boolean whole) {
      tell(vhost, whole ? state.refresh() : state.refreshFigures());
    }

    @Override
    public void readAccounts() {
      var outcome = accounts.refresh(accountsReader::read);
      for (var vhost : vhosts.keySet()) {
        if (Accounts.differ(outcome, vhost)) {
          tell(vhost, new Affected.All());
        }
      }
    }
  }
}
