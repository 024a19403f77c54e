package dev.warren.benchmarks.platform;

import dev.warren.benchmarks.harness.BenchmarkException;
import dev.warren.benchmarks.harness.ChildJvm;
import dev.warren.model.QueueType;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/// An API server, with namespaces for TaskQueues and a TaskBroker. Any thread may create and change
/// queues; the rest is for one.
public final class Cluster implements AutoCloseable {
  /// The metric that counts an API server's requests.
  public static final String REQUESTS = "apiserver_request_total";

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);
  private static final ResourceDefinitionContext QUEUES = context("TaskQueue", "taskqueues", true);
  private static final ResourceDefinitionContext WORKERS =
      context("TaskWorker", "taskworkers", true);
  private static final ResourceDefinitionContext BROKERS =
      context("TaskBroker", "taskbrokers", false);

  /// As many as a GitOps tool has under way, and more than one at a time would allow.
  private static final int PARALLEL = 32;

  /// Marks the resources of a run, for a given API server may hold others.
  private static final String LABEL = "benchmark";

  private final Optional<ChildJvm> embedded;
  private final Path kubeconfig;
  private final KubernetesClient client;
  private final String name = "benchmark-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<String> namespaces;

  private Cluster(Optional<ChildJvm> embedded, Path kubeconfig, int namespaces) throws IOException {
    this.embedded = embedded;
    this.kubeconfig = kubeconfig;
    this.namespaces =
        IntStream.range(0, namespaces).mapToObj(i -> i == 0 ? name : name + "-" + i).toList();
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
            .build();
  }

  /// The given API server, or the embedded one in a process of its own.
  ///
  /// @param namespaces how many it gets, each of which will have a vhost
  public static Cluster start(PlatformOptions options, int namespaces)
      throws IOException, InterruptedException {
    if (options.kubeconfig().isPresent()) {
      return new Cluster(Optional.empty(), options.kubeconfig().get(), namespaces);
    }
    var kubeconfig = options.work().resolve("kubeconfig");
    Files.deleteIfExists(kubeconfig);
    var server = startEmbedded(options, kubeconfig);
    var deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(kubeconfig)) {
      server.requireRunning();
      if (System.nanoTime() - deadline > 0) {
        server.close();
        throw new BenchmarkException("the API server does not start");
      }
      TimeUnit.NANOSECONDS.sleep(INTERVAL.toNanos());
    }
    return new Cluster(Optional.of(server), kubeconfig, namespaces);
  }

  private static ChildJvm startEmbedded(PlatformOptions options, Path kubeconfig)
      throws IOException {
    return ChildJvm.start(
        List.of(
            "-XX:+UseSerialGC",
            // The better compiler would take more from the others, in such a short life, than it
            // gives.
            "-XX:TieredStopAtLevel=1",
            "-Xmx1g",
            "-cp",
            options.apiServerClassPath(),
            "dev.warren.local.apiserver.ApiServerMain",
            kubeconfig.toString(),
            Long.toString(ProcessHandle.current().pid())),
        Map.of(),
        options.work().resolve("api-server.log"));
  }

  public Path kubeconfig() {
    return kubeconfig;
  }

  /// Of the embedded API server; empty for a given one.
  public Optional<Long> pid() {
    return embedded.map(ChildJvm::pid);
  }

  /// Of the TaskBroker, and of the namespace where its Secret is.
  public String name() {
    return name;
  }

  /// Of the TaskQueues; the vhosts that the broker gives them have the same names.
  public List<String> namespaces() {
    return namespaces;
  }

  /// Where a TaskQueue is.
  public String namespaceOf(String queue) {
    return namespaces.get(Math.floorMod(queue.hashCode(), namespaces.size()));
  }

  /// What kind of API server it is.
  public String description() {
    return (embedded.isPresent() ? "embedded API server" : "API server of WARREN_TEST_KUBECONFIG")
        + ", "
        + client.getKubernetesVersion().getGitVersion();
  }

  /// Whether it has other clients too.
  public boolean isShared() {
    return embedded.isEmpty();
  }

  /// Applies the definitions, and creates the namespaces and their TaskBroker.
  ///
  /// @param metrics of the broker's Prometheus plugin, if the operator is to ask it
  public void prepare(Path definitions, RabbitMq broker, Optional<URI> metrics) throws IOException {
    try (var files = Files.list(definitions)) {
      for (var file : files.toList()) {
        try (var yaml = Files.newInputStream(file)) {
          client.load(yaml).items().forEach(this::apply);
        }
      }
    }
    for (var namespace : namespaces) {
      apply(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build());
    }
    apply(
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace(name)
            .endMetadata()
            .addToStringData("uri", broker.amqp().toString())
            .addToStringData("managementUri", broker.management().toString())
            .addToStringData(
                metrics.map(uri -> Map.of("metricsUri", uri.toString())).orElse(Map.of()))
            .build());
    var taskBroker = resource(BROKERS, name);
    taskBroker.setAdditionalProperty(
        "spec", Map.of("secretRef", Map.of("name", name, "namespace", name)));
    client.genericKubernetesResources(BROKERS).resource(taskBroker).create();
  }

  private void apply(HasMetadata object) {
    client.resource(object).fieldManager("benchmark").forceConflicts().serverSideApply();
  }

  /// Creates a TaskQueue that sets nothing but its broker and its type.
  public void create(String queueName, QueueType type) {
    var queue = resource(QUEUES, queueName);
    queue.setAdditionalProperty(
        "spec", Map.of("broker", name, "type", type == QueueType.CLASSIC ? "Classic" : "Quorum"));
    queue.getMetadata().setNamespace(namespaceOf(queueName));
    queue.getMetadata().setLabels(Map.of(LABEL, name));
    client.genericKubernetesResources(QUEUES).resource(queue).create();
  }

  /// Creates a TaskWorker for the TaskQueue of the same name.
  ///
  /// @param spec all but the queue
  public void createWorker(String queue, Map<String, Object> spec) {
    var worker = resource(WORKERS, queue);
    var all = new HashMap<>(spec);
    all.put("queue", queue);
    worker.setAdditionalProperty("spec", all);
    worker.getMetadata().setNamespace(namespaceOf(queue));
    worker.getMetadata().setLabels(Map.of(LABEL, name));
    client.genericKubernetesResources(WORKERS).resource(worker).create();
  }

  /// Does something for each name, some at a time.
  public void forEach(List<String> names, Consumer<String> request)
      throws InterruptedException, ExecutionException {
    var permits = new Semaphore(PARALLEL);
    var requests = new ArrayList<Future<?>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var each : names) {
        permits.acquire();
        requests.add(
            threads.submit(
                () -> {
                  try {
                    request.accept(each);
                  } finally {
                    permits.release();
                  }
                }));
      }
    }
    for (var each : requests) {
      each.get();
    }
  }

  /// Changes a TaskQueue.
  ///
  /// @param spec what changes, in JSON
  /// @return the generation that this makes
  public long change(String queue, String spec) {
    var changed =
        client
            .genericKubernetesResources(QUEUES)
            .inNamespace(namespaceOf(queue))
            .withName(queue)
            .patch(MERGE, "{\"spec\": %s}".formatted(spec));
    return changed.getMetadata().getGeneration();
  }

  /// Watches the TaskQueues; close it.
  public QueueWatch watch() {
    var watch = new QueueWatch();
    watch.follow(ofThisRun(QUEUES).inform(watch));
    return watch;
  }

  /// Watches the Deployments of TaskWorkers; close it.
  public SizeWatch watchSizes() {
    var watch = new SizeWatch();
    watch.follow(
        client.apps().deployments().inAnyNamespace().withLabel("warren.dev/worker").inform(watch));
    return watch;
  }

  /// The requests that this server has answered.
  public Metrics requests() {
    return Metrics.parse(client.raw("/metrics"), REQUESTS);
  }

  /// Removes what was made, also from a given API server. The operator has ended.
  @Override
  public void close() {
    try {
      if (isShared()) {
        remove();
      }
    } finally {
      client.close();
      embedded.ifPresent(ChildJvm::close);
    }
  }

  private void remove() {
    for (var kind : List.of(WORKERS, QUEUES)) {
      for (var resource : ofThisRun(kind).list().getItems()) {
        unfinalized(client.genericKubernetesResources(kind).resource(resource));
      }
    }
    unfinalized(client.genericKubernetesResources(BROKERS).withName(name));
    namespaces.forEach(namespace -> client.namespaces().withName(namespace).delete());
  }

  private static void unfinalized(Resource<GenericKubernetesResource> resource) {
    try {
      resource.patch(MERGE, "{\"metadata\": {\"finalizers\": null}}");
      resource.delete();
    } catch (KubernetesClientException e) {
      System.err.println("not removed: " + e.getMessage());
    }
  }

  private FilterWatchListDeletable<
          GenericKubernetesResource,
          GenericKubernetesResourceList,
          Resource<GenericKubernetesResource>>
      ofThisRun(ResourceDefinitionContext kind) {
    return client.genericKubernetesResources(kind).inAnyNamespace().withLabel(LABEL, name);
  }

  private static GenericKubernetesResource resource(ResourceDefinitionContext kind, String name) {
    var resource = new GenericKubernetesResource();
    resource.setApiVersion(kind.getGroup() + "/" + kind.getVersion());
    resource.setKind(kind.getKind());
    resource.setMetadata(new ObjectMetaBuilder().withName(name).build());
    return resource;
  }

  private static ResourceDefinitionContext context(String kind, String plural, boolean namespaced) {
    return new ResourceDefinitionContext.Builder()
        .withGroup("warren.dev")
        .withVersion("v1alpha1")
        .withKind(kind)
        .withPlural(plural)
        .withNamespaced(namespaced)
        .build();
  }
}
