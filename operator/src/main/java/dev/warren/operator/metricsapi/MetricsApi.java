package dev.warren.operator.metricsapi;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The external metrics API of this process, and all that it needs kept up: whom to believe,
/// certificates, and the APIService, which is the leader's to write. Owns the thread that does. May
/// be used by any thread.
public final class MetricsApi implements AutoCloseable {
  /// Where, and by which right, a wanted size is asked for.
  ///
  /// @param authorities whom to trust, in PEM
  /// @param token what to show
  public record Access(String url, String authorities, String token) {
    /// Leaves the token out.
    @Override
    public String toString() {
      return "Access[url=%s]".formatted(url);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(MetricsApi.class);

  /// How soon a change of what has no events is noticed.
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  private final MetricsApiSettings settings;
  private final String lease;
  private final BooleanSupplier leading;
  private final InstantSource clock;
  private final ClusterObjects objects;
  private final LeaderWatch leader;
  private final ClusterFigures figures;
  private final Responder responder;
  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("metrics-api-upkeep").factory());
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  /// What went wrong last, by step. Used by the upkeep's thread alone.
  private final Map<String, String> problems = new HashMap<>();

  /// Written by the upkeep's thread, read by all.
  private volatile @Nullable ServingCertificate shown;

  /// Written by the upkeep's thread, read by all.
  private volatile Optional<Tokens> tokens = Optional.empty();

  /// Written by the upkeep's thread, read by those that answer.
  private volatile Optional<FrontProxy> proxy = Optional.empty();

  /// Written by the upkeep's thread, read by all.
  private volatile Optional<MetricsApiServer> server = Optional.empty();

  /// Written by the upkeep's thread, read by all.
  private volatile String obstacle = "";

  /// Serves nothing yet.
  ///
  /// @param lease name of the leader's Lease
  /// @param leading whether this process leads
  public MetricsApi(
      MetricsApiSettings settings,
      KubernetesClient client,
      String lease,
      BooleanSupplier leading,
      InstantSource clock) {
    this.settings = settings;
    this.lease = lease;
    this.leading = leading;
    this.clock = clock;
    objects = new ClusterObjects(client, settings);
    leader = new LeaderWatch(clock);
    figures = new ClusterFigures(client, settings.watchNamespaces(), leader::trouble);
    responder =
        new Responder(() -> proxy, () -> tokens, new AccessReviews(client, clock), figures, clock);
  }

  /// Serves as soon as there is a certificate to show. Call it once.
  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the executor, and fails nowhere.
  public void start() {
    upkeep.scheduleWithFixedDelay(this::keepUp, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /// Looks at everything soon, whatever the time: this process leads now.
  public void hurry() {
    upkeep.execute(this::keepUp);
  }

  /// Why no HorizontalPodAutoscaler can get a figure from here, with the remedy; empty if it can,
  /// or as long as that is not known.
  public String obstacle() {
    return obstacle;
  }

  /// How KEDA asks for the wanted size of a TaskWorker; empty as long as nothing is served.
  public Optional<Access> access(String namespace, String name) {
    var certificate = shown;
    return certificate == null
        ? Optional.empty()
        : tokens.map(
            known ->
                new Access(
                    settings.url() + new Route.Size(namespace, name).path(),
                    certificate.authorities(),
                    known.of(namespace, name)));
  }

  /// Adds a listener for another obstacle or access; it must return soon.
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /// The port that is listened on; empty as long as there is no certificate to show.
  public Optional<Integer> port() {
    return server.map(MetricsApiServer::port);
  }

  @Override
  public void close() {
    upkeep.shutdownNow();
    server.ifPresent(MetricsApiServer::close);
    figures.close();
  }

  private void keepUp() {
    attempt("front proxy", () -> proxy = Optional.of(objects.frontProxy()));
    attempt("tokens", this::keepTokens);
    attempt("lease", this::lookForALeader);
    attempt("certificate", this::keepCertificate);
    attempt("APIService", this::keepApiService);
  }

  private void lookForALeader() {
    leader.saw(
        settings
            .leaseNamespace()
            .map(namespace -> objects.renewal(namespace, lease).orElse(null))
            // No other could lead.
            .orElseGet(() -> clock.instant().toString()));
  }

  private void keepTokens() {
    var found = Optional.of(objects.tokens());
    if (!found.equals(tokens)) {
      tokens = found;
      listeners.forEach(Runnable::run);
    }
  }

  private void keepCertificate() {
    var certificate = settings.certificate().map(MetricsApi::given).or(this::own).orElse(null);
    if (certificate == null || certificate.equals(shown)) {
      return;
    }
    if (server.isPresent()) {
      server.get().show(certificate);
    } else {
      server = Optional.of(serve(certificate));
    }
    shown = certificate;
    listeners.forEach(Runnable::run);
    LOG.atInfo()
        .addKeyValue("port", server.get().port())
        .log("Serving external metrics with this certificate");
  }

  private MetricsApiServer serve(ServingCertificate certificate) {
    try {
      return new MetricsApiServer(
          new InetSocketAddress(settings.host(), settings.port()), certificate, responder::answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ServingCertificate given(Path directory) {
    try {
      return new ServingCertificate(
          Files.readString(directory.resolve("tls.crt")),
          Files.readString(directory.resolve("tls.key")),
          Files.readString(directory.resolve("ca.crt")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Any replica makes the first, so that an update of the operator need not wait for its lead; all
  /// later ones are the leader's.
  private Optional<ServingCertificate> own() {
    var found = objects.certificates();
    if (found.isPresent() && !leading.getAsBoolean()) {
      return found.map(CertificateStore::certificate);
    }
    var published = DesiredApiService.published(objects.apiService());
    var next = CertificateStore.next(found, settings.names(), published, clock.instant());
    if (found.isEmpty() && !objects.create(next)) {
      if (leading.getAsBoolean() && objects.certificates().isEmpty()) {
        // Somebody has spoilt it.
        objects.write(next);
      } else {
        return objects.certificates().map(CertificateStore::certificate);
      }
    } else if (found.isPresent() && !found.get().equals(next)) {
      objects.write(next);
    }
    return Optional.of(next.certificate());
  }

  private void keepApiService() {
    var found = objects.apiService();
    tell(DesiredApiService.obstacle(settings, found));
    var certificate = shown;
    if (leading.getAsBoolean() && obstacle.isEmpty() && certificate != null) {
      objects.write(
          DesiredApiService.of(settings, certificate.authorities(), objects.owner()), found);
    }
  }

  private void tell(String found) {
    if (!found.equals(obstacle)) {
      obstacle = found;
      listeners.forEach(Runnable::run);
    }
  }

  /// What goes wrong is logged once, and tried again.
  private void attempt(String step, Runnable action) {
    try {
      action.run();
      if (problems.remove(step) != null) {
        LOG.atInfo().addKeyValue("step", step).log("The external metrics API is kept up again");
      }
    } catch (RuntimeException e) {
      var problem = String.valueOf(e.getMessage());
      if (!problem.equals(problems.put(step, problem))) {
        LOG.atWarn()
            .addKeyValue("step", step)
            .setCause(e)
            .log("The external metrics API cannot be kept up; trying again and again");
      }
    }
  }
}
