package dev.warren.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The platform as a process of its own.
class PlatformMainIT {
  private static final Duration PATIENCE = Duration.ofSeconds(40);
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();

  @TempDir Path directory;
  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void writeImages() throws IOException {
    Files.writeString(
        directory.resolve("images.json"),
        """
        {"images": {"shell": {"command": ["sh", "-c"], "args": ["echo pid=$$; sleep 1000"]}}}
        """);
  }

  @AfterEach
  void stop() throws Exception {
    for (var process : started) {
      process.destroy();
      process.waitFor(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void stopsItsPodsOnSigterm() throws Exception {
    var platform = startPlatform();
    var pod = runPod();

    platform.destroy();
    platform.waitFor(30, TimeUnit.SECONDS);

    assertThat(platform.isAlive()).isFalse();
    await().atMost(PATIENCE).until(() -> !isAlive(pod));
    assertThat(directory.resolve("platform/ready")).doesNotExist();
  }

  @Test
  void cleansUpAfterOneThatWasKilled() throws Exception {
    var killed = startPlatform();
    var pod = runPod();
    killed.destroyForcibly().waitFor();
    var survived = isAlive(pod);

    startPlatform();

    assertThat(survived).isTrue();
    await().atMost(PATIENCE).until(() -> !isAlive(pod));
  }

  @Test
  void stopsWhenItsOwnerIsGone() throws Exception {
    var owner = new ProcessBuilder("sleep", "1000").start();
    var platform = startPlatform("--owner-pid", Long.toString(owner.pid()));
    var pod = runPod();

    owner.destroyForcibly().waitFor();

    assertThat(platform.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(platform.exitValue()).isZero();
    await().atMost(PATIENCE).until(() -> !isAlive(pod));
  }

  @Test
  void refusesADirectoryThatIsTaken() throws Exception {
    startPlatform();

    var second = launch();

    assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(2);
    assertThat(new String(second.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .contains("another platform runs in");
  }

  private Process startPlatform(String... options) throws IOException {
    var ready = directory.resolve("platform/ready");
    Files.deleteIfExists(ready);
    var process = launch(options);
    await().atMost(PATIENCE).until(() -> Files.exists(ready));
    return process;
  }

  private Process launch(String... options) throws IOException {
    var command = new ArrayList<>(List.of(JAVA, "-cp", System.getProperty("java.class.path")));
    command.add(PlatformMain.class.getName());
    command.addAll(List.of("--dir", directory.resolve("platform").toString()));
    command.addAll(List.of("--images", directory.resolve("images.json").toString()));
    command.addAll(List.of(options));
    var process = new ProcessBuilder(command).start();
    started.add(process);
    return process;
  }

  /// @return the id of the pod's process
  private long runPod() throws IOException {
    var kubeconfig = Files.readString(directory.resolve("platform/kubeconfig"));
    try (var client =
        new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build()) {
      client
          .resource(
              new PodBuilder()
                  .withNewMetadata()
                  .withName("alone")
                  .withNamespace("default")
                  .endMetadata()
                  .withNewSpec()
                  .addNewContainer()
                  .withName("main")
                  .withImage("shell")
                  .endContainer()
                  .endSpec()
                  .build())
          .create();
    }
    var log = directory.resolve("platform/logs/default_alone.log");
    await().atMost(PATIENCE).until(() -> Files.exists(log) && Files.readString(log).endsWith("\n"));
    return Long.parseLong(Files.readString(log).replaceAll("(?s).*pid=(\\d+)\n", "$1"));
  }

  /// Whether it runs; one that has ended and waits to be reaped has no command any more.
  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).flatMap(process -> process.info().command()).isPresent();
  }
}
