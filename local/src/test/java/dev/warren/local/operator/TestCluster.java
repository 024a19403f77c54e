package dev.warren.local.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskBroker;
import dev.warren.crds.TaskQueue;
import dev.warren.crds.TaskWorker;
import dev.warren.local.apiserver.ApiServer;
import dev.warren.model.testing.TestBroker;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/// An API server with the CRDs, a namespace, a RabbitMQ vhost with its TaskBroker, and an operator
/// on them, which has the chart's rights and must not want more. For the tests of one class.
final class TestCluster implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  /// The kubeconfig of an API server to take instead of the embedded one.
  private static final String GIVEN = "WARREN_TEST_KUBECONFIG";

  private static final PatchContext APPLY =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager("test")
          .withForce(true)
          .build();

  private final Optional<ApiServer> embedded;
  private final Path directory;
  private final Path kubeconfig;
  private final KubernetesClient client;

  private final OperatorAccount account;

  private final Path operatorKubeconfig;
  private final List<String> watched;
  private final TestBroker broker;

  /// A broker gives a namespace the vhost of its name.
  private final String namespace;

  private final Map<String, String> settings;
  private final List<String> namespaces = new ArrayList<>();

  private OperatorProcess operator;

  TestCluster() throws IOException {
    this(Map.of());
  }

  /// @param settings of the operator, beside those that every test needs
  TestCluster(Map<String, String> settings) throws IOException {
    this(TestBroker.withNewVhost(), settings);
  }

  /// @param broker with a vhost that goes with the cluster
  /// @param settings as above
  TestCluster(TestBroker broker, Map<String, String> settings) throws IOException {
    this(broker, settings, List.of());
  }

  /// One whose operator watches these namespaces, which go with the cluster, and has rights there
  /// only.
  static TestCluster watching(TestBroker broker, List<String> watched) throws IOException {
    var settings = Map.of("WARREN_WATCH_NAMESPACES", String.join(",", watched));
    return new TestCluster(broker, settings, watched);
  }

  private TestCluster(TestBroker broker, Map<String, String> settings, List<String> watched)
      throws IOException {
    this.broker = broker;
    namespace = broker.vhost();
    this.settings = Map.copyOf(settings);
    this.watched = List.copyOf(watched);
    directory =
        Files.createTempDirectory(Files.createDirectories(Path.of("target", "clusters")), "");
    var given = Optional.ofNullable(System.getenv(GIVEN)).map(Path::of);
    embedded = given.isPresent() ? Optional.empty() : Optional.of(ApiServer.start(0));
    kubeconfig = given.orElseGet(() -> directory.resolve("kubeconfig"));
    if (embedded.isPresent()) {
      Files.writeString(kubeconfig, embedded.get().kubeconfig());
    }
    client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
            .build();
    applyCrds();
    createNamespace(namespace);
    watched.stream().filter(name -> !name.equals(namespace)).forEach(this::createNamespace);
    account = OperatorAccount.create(client, namespace, watched);
    operatorKubeconfig = writeOperatorKubeconfig();
    applyBroker(namespace, broker.uri().toString(), broker.managementUri().toString());
    operator = startOperator();
  }

  private Path writeOperatorKubeconfig() throws IOException {
    var token =
        embedded.isPresent()
            ? ApiServer.token(namespace, OperatorAccount.NAME)
            : account.requestToken();
    return Files.writeString(
        directory.resolve("operator-kubeconfig"),
        account.kubeconfig(Files.readString(kubeconfig), token));
  }

  /// Of the operator.
  OperatorAccount account() {
    return account;
  }

  KubernetesClient client() {
    return client;
  }

  TestBroker broker() {
    return broker;
  }

  OperatorProcess operator() {
    return operator;
  }

  Path kubeconfig() {
    return kubeconfig;
  }

  /// The namespace, which is also the name of the TaskBroker.
  String namespace() {
    return namespace;
  }

  /// The people of a namespace that is there already, and use the TaskBroker of the same name as
  /// the cluster's own namespace.
  Tenant tenant(String name) {
    return new Tenant(this, name, namespace);
  }

  /// The people of another namespace, which goes with the cluster.
  Tenant createTenant(String name, String taskBroker) {
    createNamespace(name);
    return new Tenant(this, name, taskBroker);
  }

  private void createNamespace(String name) {
    namespaces.add(name);
    apply(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build());
  }

  OperatorProcess startOperator() throws IOException {
    operator =
        OperatorProcess.start(
            operatorKubeconfig, namespace, directory.resolve("operator.log"), settings);
    return operator;
  }

  /// Starts an operator that may be killed before it is ready.
  OperatorProcess launchOperator() throws IOException {
    operator =
        OperatorProcess.launch(
            operatorKubeconfig, namespace, directory.resolve("operator.log"), settings);
    return operator;
  }

  /// A TaskBroker of this name for the test's vhost, reached at these URLs.
  void applyBroker(String name, String uri, String managementUri) {
    tenant().applySecret(name, Map.of("uri", uri, "managementUri", managementUri));
    applyBroker(name, "secretRef: {name: %s, namespace: %s}".formatted(name, namespace));
  }

  /// A TaskBroker; `spec` is flow-style YAML.
  void applyBroker(String name, String spec) {
    apply(
        """
        apiVersion: warren.dev/v1alpha1
        kind: TaskBroker
        metadata: {name: %s, annotations: {warren.dev/owner: platform@acme.example}}
        spec: {%s}
        """
            .formatted(name, spec));
  }

  /// The people of the namespace.
  Tenant tenant() {
    return new Tenant(this, namespace, namespace);
  }

  /// A TaskQueue on the test's broker; `spec` is flow-style YAML such as `type: Classic,
  /// priorities: 9`.
  void applyQueue(String name, String spec) {
    tenant().applyQueue(name, spec);
  }

  /// A TaskWorker; `spec` as above.
  void applyWorker(String name, String spec) {
    tenant().applyWorker(name, spec);
  }

  void apply(String yaml) {
    // As kubectl does it: nothing but what is written.
    apply(Serialization.unmarshal(yaml, GenericKubernetesResource.class));
  }

  void apply(HasMetadata object) {
    client.resource(object).patch(APPLY);
  }

  TaskQueue queue(String name) {
    return tenant().queue(name);
  }

  TaskWorker worker(String name) {
    return tenant().worker(name);
  }

  TaskBroker taskBroker(String name) {
    return Objects.requireNonNull(client.resources(TaskBroker.class).withName(name).get());
  }

  Condition awaitQueue(String name, Predicate<Condition> ready) {
    return tenant().awaitQueue(name, ready);
  }

  Condition awaitWorker(String name, Predicate<Condition> ready) {
    return tenant().awaitWorker(name, ready);
  }

  Condition awaitBroker(String name, Predicate<Condition> ready) {
    return await(
        () ->
            Optional.ofNullable(taskBroker(name).getStatus())
                .map(status -> status.conditions())
                .orElse(null),
        "Ready",
        ready);
  }

  /// Who leads among operators; empty if nobody does.
  String leaseHolder() {
    var lease = client.leases().inNamespace(namespace).withName("warren-operator").get();
    return Optional.ofNullable(lease.getSpec().getHolderIdentity()).orElse("");
  }

  /// Makes somebody else the leader, who never renews the lease.
  void takeLease(String holder) {
    client
        .leases()
        .inNamespace(namespace)
        .withName("warren-operator")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(
                new LeaseBuilder()
                    .withNewSpec()
                    .withHolderIdentity(holder)
                    .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                    .endSpec()
                    .build()));
  }

  /// What the events about an object say.
  List<String> events(String name) {
    return tenant().events(name);
  }

  /// Waits for an event about an object: the operator posts it after the status that it tells of.
  void awaitEvent(String name, String start) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(events(name)).anySatisfy(event -> assertThat(event).startsWith(start)));
  }

  static Predicate<Condition> reason(String reason) {
    return condition -> condition.getReason().equals(reason);
  }

  @Override
  public void close() {
    operator.close();
    removeResources();
    client.close();
    embedded.ifPresent(ApiServer::close);
    broker.close();
    // With a namespace its Role goes, too.
    if (watched.isEmpty()) {
      assertThat(operator.log().lines().filter(TestCluster::isRefusal)).isEmpty();
    }
  }

  /// Whether a line of the log tells of a right that the chart does not give.
  private static boolean isRefusal(String line) {
    return line.contains(OperatorAccount.NAME) && line.contains(" cannot ");
  }

  /// So that a given API server is left as it was found.
  private void removeResources() {
    var resources = new ArrayList<CustomResource<?, ?>>();
    for (var name : namespaces) {
      resources.addAll(client.resources(TaskWorker.class).inNamespace(name).list().getItems());
      resources.addAll(client.resources(TaskQueue.class).inNamespace(name).list().getItems());
    }
    client.resources(TaskBroker.class).list().getItems().stream()
        .filter(found -> found.getSpec().secretRef().namespace().equals(namespace))
        .forEach(resources::add);
    for (var resource : resources) {
      client
          .resource(resource)
          .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"metadata\":{\"finalizers\":null}}");
      client.resource(resource).delete();
    }
    namespaces.forEach(name -> client.namespaces().withName(name).delete());
    account.revoke();
  }

  /// Waits until a condition of this type is as it should be.
  static Condition await(
      Supplier<@Nullable List<Condition>> conditions, String type, Predicate<Condition> wanted) {
    return Awaitility.await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                Optional.ofNullable(conditions.get()).orElse(List.of()).stream()
                    .filter(condition -> condition.getType().equals(type))
                    .filter(wanted)
                    .findFirst(),
            Optional::isPresent)
        .orElseThrow();
  }

  private void applyCrds() throws IOException {
    for (var kind : List.of(TaskBroker.class, TaskQueue.class, TaskWorker.class)) {
      try (var yaml = kind.getResourceAsStream(CustomResource.getCRDName(kind) + ".yaml")) {
        client.load(Objects.requireNonNull(yaml)).items().forEach(this::apply);
      }
    }
    Awaitility.await()
        .atMost(PATIENCE)
        .ignoreExceptions()
        .until(() -> client.resources(TaskQueue.class).inAnyNamespace().list() != null);
  }
}
