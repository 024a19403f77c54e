package dev.warren.operator;

import dev.warren.crds.AutoscalingSpec;
import dev.warren.operator.broker.Brokers;
import dev.warren.operator.metricsapi.MetricsApi;
import dev.warren.operator.resource.Events;
import dev.warren.operator.taskbroker.TaskBrokerReconciler;
import dev.warren.operator.taskqueue.TaskQueueReconciler;
import dev.warren.operator.taskworker.Endpoint;
import dev.warren.operator.taskworker.Engines;
import dev.warren.operator.taskworker.TaskWorkerReconciler;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operator, wired. Start it once, by one thread; close it from any.
public final class WarrenOperator implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarrenOperator.class);
  private static final String LEASE = "warren-operator";

  /// Broker drift that no reading found, and everything else that sends no event.
  private static final Duration RESYNC = Duration.ofMinutes(10);

  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(30);

  /// How long an informer is waited for that cannot list, when namespaces are named: one of them
  /// may be gone, and the rights in it with it. Lists take seconds, even of 10,000 TaskQueues.
  private static final Duration SYNC_TIMEOUT = Duration.ofSeconds(15);

  private static final Duration TERMINATION_TIMEOUT = Duration.ofSeconds(10);

  private static final String NO_METRICS_API =
      "the operator serves no external metrics (WARREN_METRICS_API_PORT); set spec.autoscaling.engine to Direct";

  private final OperatorConfig config;
  private final KubernetesClient client;
  private final Brokers brokers;
  private final TaskQueueReconciler taskQueues;
  private final Operator operator;
  private final Endpoints endpoints;
  private final Optional<MetricsApi> metricsApi;

  /// Written by the thread that starts it, read by those that serve probes.
  private volatile boolean started;

  /// Written by the thread that closes it, read by the one that learns of the lease.
  private volatile boolean closing;

  /// Written by the thread that learns of the lease, read by those that keep shared objects up.
  private volatile boolean leading;

  /// Connects to the API server that kubeconfig or service account name.
  WarrenOperator(OperatorConfig config) throws IOException {
    this.config = config;
    leading = config.leaseNamespace().isEmpty();
    var clock = Clock.systemUTC();
    var metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    client =
        new KubernetesClientBuilder()
            .withKubernetesSerialization(WithoutManagedFields.serialization())
            .build();
    brokers = new Brokers(config.pollInterval(), clock, metrics);
    operator = new Operator(overrider -> configure(overrider, metrics));
    metricsApi =
        config
            .metricsApi()
            .map(settings -> new MetricsApi(settings, client, LEASE, () -> leading, clock));
    var events = new Events(client, clock);
    var series = metrics.getPrometheusRegistry();
    operator.register(
        new TaskBrokerReconciler(brokers, events, series, clock), WarrenOperator::configure);
    taskQueues =
        new TaskQueueReconciler(brokers, events, config.credentialOverlap(), series, clock);
    operator.register(taskQueues, this::configureNamespaced);
    operator.register(
        new TaskWorkerReconciler(
            brokers, events, config.credentialOverlap(), engines(config.engine()), series, clock),
        this::configureNamespaced);
    Gauge.builder("warren.operator.leading", () -> leading ? 1 : 0)
        .description("1 of the operator that leads, 0 of one that waits to")
        .register(metrics);
    endpoints = new Endpoints(config, metrics, brokers::polling, () -> started);
  }

  /// Starts; returns once this process reconciles, or waits to be the leader.
  void start() {
    metricsApi.ifPresent(MetricsApi::start);
    if (config.upgradeCrds()) {
      new CrdUpgrade(client).run();
    }
    operator.start();
    started = true;
  }

  /// The port of `/livez`, `/readyz` and `/metrics`.
  int httpPort() {
    return endpoints.port();
  }

  /// Finishes what is under way, within bounds, and gives up leading.
  @Override
  public void close() {
    closing = true;
    started = false;
    operator.stop();
    metricsApi.ifPresent(MetricsApi::close);
    config.leaseNamespace().ifPresent(this::releaseLease);
    taskQueues.close();
    brokers.close();
    client.close();
    endpoints.close();
  }

  /// So that the next leader need not wait until the lease runs out; the framework keeps it.
  private void releaseLease(String namespace) {
    var lease = client.leases().inNamespace(namespace).withName(LEASE);
    var held = lease.get();
    if (held != null && config.identity().equals(held.getSpec().getHolderIdentity())) {
      held.getSpec().setHolderIdentity("");
      lease.patch(held);
    }
  }

  private Engines engines(AutoscalingSpec.Engine otherwise) {
    return new Engines(
        otherwise,
        () -> metricsApi.map(MetricsApi::obstacle).orElse(NO_METRICS_API),
        worker ->
            metricsApi
                .flatMap(
                    api ->
                        api.access(
                            worker.getMetadata().getNamespace(), worker.getMetadata().getName()))
                .map(it -> new Endpoint(it.url(), it.authorities(), it.token())),
        listener -> metricsApi.ifPresent(api -> api.onChange(listener)),
        ServerVersion.of(client).isAtLeast(ServerVersion.EXACT_AUTOSCALERS),
        client.supports(Engines.KEDA_API_VERSION, Engines.KEDA_KIND));
  }

  private void configure(ConfigurationServiceOverrider overrider, PrometheusMeterRegistry metrics) {
    overrider
        .withKubernetesClient(client)
        .withCloseClientOnStop(false)
        .withUseSSAToPatchPrimaryResource(true)
        .checkingCRDAndValidateLocalModel(false)
        .withReconciliationTerminationTimeout(TERMINATION_TIMEOUT)
        .withExecutorService(
            Executors.newFixedThreadPool(
                config.threads(), Thread.ofVirtual().name("reconciler-", 0).factory()))
        // Tags for each resource would never be forgotten.
        .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(metrics));
    config
        .leaseNamespace()
        .ifPresent(
            namespace -> overrider.withLeaderElectionConfiguration(leaderElection(namespace)));
    if (!config.watchNamespaces().isEmpty()) {
      // It is tried again and again, and all other namespaces are served meanwhile.
      overrider.withStopOnInformerErrorDuringStartup(false).withCacheSyncTimeout(SYNC_TIMEOUT);
    }
  }

  private LeaderElectionConfiguration leaderElection(String namespace) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LEASE)
        .withLeaseNamespace(namespace)
        .withIdentity(config.identity())
        // The framework would exit within the shutdown that made it stop leading, and so never end.
        .withExitOnStopLeading(false)
        .withLeaderCallbacks(new LeaderCallbacks(this::leads, this::stopsLeading, leader -> {}))
        .build();
  }

  private void leads() {
    leading = true;
    metricsApi.ifPresent(MetricsApi::hurry);
  }

  /// A process that has lost the lease must not write any more; its Deployment starts another.
  private void stopsLeading() {
    if (!closing) {
      LOG.atError()
          .log("Lost the lease: another process leads, or the API server is out of reach; ending");
      Runtime.getRuntime().halt(1);
    }
  }

  /// What a controller watches besides is in the same namespaces, unless it says otherwise.
  private <R extends HasMetadata> void configureNamespaced(
      ControllerConfigurationOverrider<R> overrider) {
    configure(overrider);
    if (!config.watchNamespaces().isEmpty()) {
      overrider.settingNamespaces(config.watchNamespaces());
    }
  }

  private static <R extends HasMetadata> void configure(
      ControllerConfigurationOverrider<R> overrider) {
    overrider
        .withRetry(
            new GenericRetry()
                .setInitialInterval(FIRST_RETRY.toMillis())
                .setIntervalMultiplier(2)
                .setMaxInterval(LONGEST_RETRY.toMillis())
                .withoutMaxAttempts())
        .withReconciliationMaxInterval(RESYNC);
  }
}
