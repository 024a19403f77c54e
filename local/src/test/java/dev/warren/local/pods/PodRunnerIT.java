package dev.warren.local.pods;

import static dev.warren.local.pods.RunningPods.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("any-broker")
class PodRunnerIT {
  @TempDir Path directory;
  private RunningPods pods;

  @BeforeEach
  void start() {
    pods = new RunningPods(directory.resolve("platform"));
  }

  @AfterEach
  void stop() {
    pods.close();
  }

  @Test
  void givesAPodItsEnvironmentAndVolumes() {
    configMap("settings", "color", "red");
    secret("keys", "token", "t0k");

    pods.deploy(
        "app",
        1,
        """
        volumes:
          - {name: settings, configMap: {name: settings}}
          - {name: scratch, emptyDir: {}}
        containers:
          - name: main
            image: shell
            args: ['echo "$GREETING $(cat $FILE) $TOKEN at $IP" > $SCRATCH/x; cat $SCRATCH/x; sleep 1000']
            env:
              - {name: NAME, value: you}
              - {name: GREETING, value: hello $(NAME)}
              - {name: FILE, value: /etc/settings/color}
              - {name: SCRATCH, value: /scratch}
              - {name: TOKEN, valueFrom: {secretKeyRef: {name: keys, key: token}}}
              - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
            volumeMounts:
              - {name: settings, mountPath: /etc/settings}
              - {name: scratch, mountPath: /scratch}
        """);

    pods.awaitLog("app", "hello you red t0k at 127.");
  }

  @Test
  void refreshesAMountedConfigMap() {
    configMap("settings", "color", "red");
    pods.deploy(
        "app",
        1,
        """
        volumes: [{name: settings, configMap: {name: settings}}]
        containers:
          - name: main
            image: shell
            args: ['while :; do cat $FILE; sleep 0.1; done']
            env: [{name: FILE, value: /etc/settings/color}]
            volumeMounts: [{name: settings, mountPath: /etc/settings}]
        """);
    pods.awaitLog("app", "red");

    configMap("settings", "color", "green");

    pods.awaitLog("app", "green");
    assertThat(pods.awaitReady("app").getStatus().getContainerStatuses())
        .extracting(ContainerStatus::getRestartCount)
        .containsExactly(0);
  }

  @Test
  void isReadyWhenItsProbeSaysSo() throws Exception {
    var files = deployWeb("readinessProbe");
    pods.awaitContainer("web", container -> container.getState().getRunning() != null);
    var before = pods.deployment("web").getStatus();

    Files.writeString(files.resolve("healthy"), "yes");
    pods.awaitReady("web");
    await().atMost(PATIENCE).until(() -> isAvailable("web"));

    assertThat(before.getReadyReplicas()).isNull();
  }

  @Test
  void restartsWhenItsLivenessProbeFails() throws Exception {
    var files = deployWeb("livenessProbe");
    Files.writeString(files.resolve("healthy"), "yes");
    pods.awaitReady("web");

    Files.delete(files.resolve("healthy"));

    var container = pods.awaitContainer("web", it -> it.getRestartCount() > 0);
    assertThat(container.getLastState().getTerminated().getExitCode()).isEqualTo(143);
  }

  @Test
  void startsACrashedPodAgainAfterAWhile() {
    pods.deployScript("app", "echo run; exit 3");

    var waiting = pods.awaitContainer("app", it -> isWaiting(it, "CrashLoopBackOff"));
    pods.awaitLog("app", "run\nrun\n");

    assertThat(waiting.getState().getWaiting().getMessage())
        .isEqualTo("back-off 1s restarting failed container=main");
    assertThat(waiting.getRestartCount()).isEqualTo(1);
  }

  @Test
  void reportsTheTerminationMessage() {
    pods.deploy(
        "app",
        1,
        """
        containers:
          - name: main
            image: shell
            args: ['echo noise; echo "out of paint" > $END; exit 3']
            env: [{name: END, value: /dev/termination-log}]
        """);

    var container = pods.awaitContainer("app", it -> it.getRestartCount() > 1);

    var end = container.getLastState().getTerminated();
    assertThat(end.getExitCode()).isEqualTo(3);
    assertThat(end.getReason()).isEqualTo("Error");
    assertThat(end.getMessage()).isEqualTo("out of paint");
  }

  @Test
  void reportsTheLastLinesWhereThereIsNoTerminationMessage() {
    pods.deploy(
        "app",
        1,
        """
        containers:
          - name: main
            image: shell
            args: ['echo "cannot find the brush"; exit 1']
            terminationMessagePolicy: FallbackToLogsOnError
        """);

    var container = pods.awaitContainer("app", it -> it.getRestartCount() > 0);

    assertThat(container.getLastState().getTerminated().getMessage())
        .isEqualTo("cannot find the brush");
  }

  @Test
  void namesAnImageThatIsNotHere() {
    pods.deploy("app", 1, "containers: [{name: main, image: 'nowhere/tool:1'}]");

    var container = pods.awaitContainer("app", it -> isWaiting(it, "ImagePullBackOff"));

    assertThat(container.getState().getWaiting().getMessage())
        .isEqualTo("image \"nowhere/tool:1\" is not on this machine; local images: shell, web");
  }

  @Test
  void startsWhenAMissingSecretAppears() {
    pods.deploy(
        "app",
        1,
        """
        containers:
          - name: main
            image: shell
            args: ['sleep 1000']
            env: [{name: TOKEN, valueFrom: {secretKeyRef: {name: late, key: token}}}]
        """);
    var blocked = pods.awaitContainer("app", it -> isWaiting(it, "CreateContainerConfigError"));

    secret("late", "token", "t0k");

    pods.awaitReady("app");
    assertThat(blocked.getState().getWaiting().getMessage()).isEqualTo("secret \"late\" not found");
  }

  @Test
  void letsAPodFinishWithinItsGracePeriod() throws Exception {
    pods.deployScript(
        "app",
        """
        trap 'echo finishing; sleep 1; echo finished; exit 0' TERM
        echo up
        while :; do sleep 0.1; done
        """);
    pods.awaitLog("app", "up");
    var pod = pods.pods("app").getFirst().getMetadata().getName();

    pods.delete("app");

    await().atMost(PATIENCE).until(() -> pods.pods("app").isEmpty());
    assertThat(pods.log(pod)).endsWith("finishing\nfinished\n");
  }

  @Test
  void killsAPodThatOutstaysItsGracePeriodWithAllItStarted() throws Exception {
    pods.deploy(
        "app",
        1,
        """
        terminationGracePeriodSeconds: 1
        containers:
          - name: main
            image: shell
            args: ["trap '' TERM; setsid sleep 1000 & echo pid=$!; while :; do sleep 0.1; done"]
        """);
    var daemon = pods.loggedPid("app");

    pods.delete("app");

    await().atMost(PATIENCE).until(() -> pods.pods("app").isEmpty());
    await().atMost(PATIENCE).until(() -> !RunningPods.isAlive(daemon));
  }

  @Test
  void replacesAPodThatIsDeleted() {
    pods.deployScript("app", "sleep 1000");
    var first = pods.awaitReady("app");

    pods.client().resource(first).delete();

    var second = pods.awaitPod("app", pod -> !isSame(pod, first) && DeploymentPlanner.isReady(pod));
    assertThat(second.getMetadata().getName()).isNotEqualTo(first.getMetadata().getName());
  }

  @Test
  void scalesUpAndDown() {
    pods.deployScript("app", "sleep 1000");
    pods.scale("app", 3);
    await().atMost(PATIENCE).until(() -> readyReplicas("app") == 3);
    var addresses = pods.pods("app").stream().map(pod -> pod.getStatus().getPodIP()).toList();

    pods.scale("app", 0);

    await().atMost(PATIENCE).until(() -> pods.pods("app").isEmpty());
    assertThat(addresses).doesNotHaveDuplicates();
    await().atMost(PATIENCE).until(() -> pods.deployment("app").getStatus().getReplicas() == null);
  }

  @Test
  void changesTheTemplateWithoutAGap() {
    pods.deployScript("app", "echo one; sleep 1000");
    var first = pods.awaitReady("app");

    pods.deployScript("app", "echo two; sleep 1000");

    await()
        .atMost(PATIENCE)
        .failFast(
            "no pod was ready",
            () -> pods.pods("app").stream().noneMatch(DeploymentPlanner::isReady))
        .until(() -> pods.pods("app").stream().noneMatch(pod -> isSame(pod, first)));
    pods.awaitLog("app", "two");
  }

  @Test
  void stopsAllPodsWhenItCloses() throws Exception {
    pods.deployScript("app", "echo pid=$$$$; sleep 1000");
    var pid = pods.loggedPid("app");

    pods.runner().close();

    await().atMost(PATIENCE).until(() -> !RunningPods.isAlive(pid));
    assertThat(directory.resolve("platform/pods")).isEmptyDirectory();
  }

  /// Deploys a pod whose probe asks for a file named `healthy`.
  ///
  /// @return where to put that file
  private Path deployWeb(String probe) throws Exception {
    var files = Files.createDirectory(directory.resolve("files"));
    pods.deploy(
        "web",
        1,
        """
        containers:
          - name: main
            image: web
            args: ["-b", "$(IP)", "-p", "8080", "-d", "%s"]
            ports: [{name: http, containerPort: 8080}]
            env: [{name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}]
            %s:
              httpGet: {path: /healthy, port: http}
              initialDelaySeconds: 3
              periodSeconds: 1
              timeoutSeconds: 5
              failureThreshold: 2
        """
            .formatted(files, probe));
    return files;
  }

  private void configMap(String name, String key, String value) {
    var map =
        new ConfigMapBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .endMetadata()
            .withData(Map.of(key, value))
            .build();
    pods.client().resource(map).fieldManager("test").forceConflicts().serverSideApply();
  }

  private void secret(String name, String key, String value) {
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(name)
            .withNamespace("default")
            .endMetadata()
            .withStringData(Map.of(key, value))
            .build();
    pods.client().resource(secret).create();
  }

  private int readyReplicas(String name) {
    return Objects.requireNonNullElse(pods.deployment(name).getStatus().getReadyReplicas(), 0);
  }

  private boolean isAvailable(String name) {
    return pods.deployment(name).getStatus().getConditions().stream()
        .anyMatch(it -> it.getType().equals("Available") && it.getStatus().equals("True"));
  }

  private static boolean isWaiting(ContainerStatus container, String reason) {
    var waiting = container.getState().getWaiting();
    return waiting != null && reason.equals(waiting.getReason());
  }

  private static boolean isSame(Pod pod, Pod other) {
    return pod.getMetadata().getUid().equals(other.getMetadata().getUid());
  }
}
