package dev.warren.local.operator;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import dev.warren.local.pods.PodRunner;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeoutException;

/// A cluster whose pods are processes of this machine, and a channel to its broker with confirms.
/// For the tests of one class.
final class PodCluster implements AutoCloseable {
  private final TestCluster cluster;
  private final PodRunner pods;
  private final Connection connection;
  private final Channel channel;

  /// @param cluster goes with this one
  /// @param directory where pods live, and leave their logs
  PodCluster(TestCluster cluster, Path directory) throws IOException, TimeoutException {
    this.cluster = cluster;
    pods =
        PodRunner.start(cluster.client(), HandlerImage.images(), directory, cluster.kubeconfig());
    connection = Traffic.connect(cluster.broker());
    channel = connection.createChannel();
    channel.confirmSelect();
  }

  /// One on the broker under test.
  static PodCluster start(Path directory) throws IOException, TimeoutException {
    assumeOwnKubelet();
    return new PodCluster(new TestCluster(), directory);
  }

  /// Skips the tests where pods cannot be processes.
  static void assumeOwnKubelet() {
    assumeTrue(
        System.getenv("WARREN_TEST_KUBECONFIG") == null,
        "a given API server has its own kubelets: pods as processes are for the embedded one");
  }

  TestCluster cluster() {
    return cluster;
  }

  /// For one thread at a time.
  Channel channel() {
    return channel;
  }

  /// Publishes to the exchange `tasks` as a producer that knows nothing of Warren, and waits until
  /// the broker has it.
  void publish(String routingKey, AMQP.BasicProperties properties, String body) throws Exception {
    channel.basicPublish(
        "tasks", routingKey, true, properties, body.getBytes(StandardCharsets.UTF_8));
    channel.waitForConfirmsOrDie(10_000);
  }

  List<Pod> podsOf(String worker) {
    return cluster
        .client()
        .pods()
        .inNamespace(cluster.namespace())
        .withLabel("warren.dev/worker", worker)
        .list()
        .getItems();
  }

  /// Kills the processes of a pod, which have its name in their environment (SIGKILL).
  ///
  /// @return how many there were
  static int kill(Pod pod) {
    var name = pod.getMetadata().getName();
    var processes =
        ProcessHandle.allProcesses()
            .filter(process -> environmentOf(process).contains("WARREN_POD_NAME=" + name + "\0"))
            .toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    return processes.size();
  }

  @Override
  public void close() {
    connection.abort();
    pods.close();
    cluster.close();
  }

  private static String environmentOf(ProcessHandle process) {
    try {
      return Files.readString(
          Path.of("/proc/%d/environ".formatted(process.pid())), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
