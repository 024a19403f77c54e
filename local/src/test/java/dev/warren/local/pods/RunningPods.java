package dev.warren.local.pods;

import static org.awaitility.Awaitility.await;

import dev.warren.local.apiserver.ApiServer;
import dev.warren.local.pods.LocalImages.LocalImage;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// An API server and a pod runner with two images: `shell` takes a script as its argument, `web`
/// serves the files of a directory, given after `-d`, on port 8080.
final class RunningPods implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String NAMESPACE = "default";
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  private final Path directory;
  private final ApiServer server = ApiServer.start(0);
  private final KubernetesClient client =
      new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(server.kubeconfig())).build();
  private final PodRunner runner;

  RunningPods(Path directory) {
    this.directory = directory;
    var images =
        new LocalImages(
            Map.of(
                "shell",
                new LocalImage(List.of("sh", "-c"), List.of(), Map.of()),
                "web",
                new LocalImage(List.of(JAVA, "-m", "jdk.httpserver"), List.of(), Map.of())));
    runner = PodRunner.start(client, images, directory, directory.resolve("kubeconfig"));
  }

  KubernetesClient client() {
    return client;
  }

  PodRunner runner() {
    return runner;
  }

  /// Applies a Deployment of this name; the pod's specification is given in YAML.
  void deploy(String name, int replicas, String podSpec) {
    var yaml =
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: %s, namespace: %s}
        spec:
          replicas: %d
          selector: {matchLabels: {app: %s}}
          template:
            metadata: {labels: {app: %s}}
            spec:
        """
                .formatted(name, NAMESPACE, replicas, name, name)
            + podSpec.indent(6);
    client
        .resource(Serialization.unmarshal(yaml, Deployment.class))
        .fieldManager("test")
        .forceConflicts()
        .serverSideApply();
  }

  /// Deploys one pod that runs a shell script, whose lines are given.
  void deployScript(String name, String script) {
    deploy(
        name,
        1,
        """
        containers:
          - name: main
            image: shell
            args:
              - |
        """
            + script.indent(8));
  }

  void scale(String name, int replicas) {
    client.apps().deployments().inNamespace(NAMESPACE).withName(name).scale(replicas);
  }

  void delete(String name) {
    client.apps().deployments().inNamespace(NAMESPACE).withName(name).delete();
  }

  Deployment deployment(String name) {
    return client.apps().deployments().inNamespace(NAMESPACE).withName(name).get();
  }

  List<Pod> pods(String name) {
    return client.pods().inNamespace(NAMESPACE).withLabel("app", name).list().getItems();
  }

  /// Waits until the only pod of a Deployment fits.
  Pod awaitPod(String name, Predicate<Pod> condition) {
    return await()
        .atMost(PATIENCE)
        .until(() -> pods(name), pods -> pods.size() == 1 && condition.test(pods.getFirst()))
        .getFirst();
  }

  /// Waits until the container of the only pod fits.
  ContainerStatus awaitContainer(String name, Predicate<ContainerStatus> condition) {
    var pod =
        awaitPod(
            name,
            it ->
                it.getStatus() != null
                    && it.getStatus().getContainerStatuses().stream().anyMatch(condition));
    return pod.getStatus().getContainerStatuses().getFirst();
  }

  Pod awaitReady(String name) {
    return awaitPod(name, DeploymentPlanner::isReady);
  }

  /// Waits until the pod has written this.
  void awaitLog(String name, String text) {
    var pod = awaitPod(name, _ -> true).getMetadata().getName();
    await().atMost(PATIENCE).until(() -> log(pod).contains(text));
  }

  /// What a pod has written so far.
  String log(String pod) throws IOException {
    var file = directory.resolve("logs").resolve("%s_%s.log".formatted(NAMESPACE, pod));
    return Files.exists(file) ? Files.readString(file) : "";
  }

  /// The number that a pod has written after `pid=`.
  long loggedPid(String name) throws IOException {
    awaitLog(name, "pid=");
    var log = log(pods(name).getFirst().getMetadata().getName());
    return Long.parseLong(log.replaceAll("(?s).*pid=(\\d+).*", "$1"));
  }

  /// Whether it runs; one that has ended and waits to be reaped has no command any more.
  static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }

  @Override
  public void close() {
    runner.close();
    client.close();
    server.close();
  }
}
