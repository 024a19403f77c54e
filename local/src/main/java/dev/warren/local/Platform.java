package dev.warren.local;

import dev.warren.local.apiserver.ApiServer;
import dev.warren.local.pods.LocalImages;
import dev.warren.local.pods.PodRunner;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The parts of the platform, wired and running. Its directory holds `kubeconfig` and, while it is
/// up, `ready`. One thread starts it, one closes it.
final class Platform implements AutoCloseable {
  private final PlatformOptions options;
  private final FileChannel lock;
  private final ApiServer server;
  private final KubernetesClient client;
  private final PodRunner pods;

  private Platform(
      PlatformOptions options,
      FileChannel lock,
      ApiServer server,
      KubernetesClient client,
      PodRunner pods) {
    this.options = options;
    this.lock = lock;
    this.server = server;
    this.client = client;
    this.pods = pods;
  }

  /// @throws IOException if the directory can't be written to or another platform has it
  /// @throws IllegalArgumentException if the images file is wrong
  static Platform start(PlatformOptions options) throws IOException {
    var images = LocalImages.load(options.images());
    var directory = Files.createDirectories(options.directory());
    var lock = lock(directory.resolve("lock"));
    Files.deleteIfExists(directory.resolve("ready"));
    var server = ApiServer.start(options.apiPort());
    var kubeconfig = directory.resolve("kubeconfig");
    write(kubeconfig, server.kubeconfig());
    var client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(server.kubeconfig()))
            .build();
    var pods = PodRunner.start(client, images, directory, kubeconfig);
    write(directory.resolve("ready"), kubeconfig + "\n");
    return new Platform(options, lock, server, client, pods);
  }

  /// Held until the process ends, however it ends.
  private static FileChannel lock(Path file) throws IOException {
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (channel.tryLock() == null) {
      channel.close();
      throw new IOException(
          "another platform runs in '%s'; stop it or choose another directory"
              .formatted(file.getParent()));
    }
    return channel;
  }

  /// At once or not at all, and for this user only.
  private static void write(Path file, String text) throws IOException {
    var permissions =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var temporary =
        Files.createTempFile(file.getParent(), file.getFileName().toString(), "", permissions);
    Files.writeString(temporary, text);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }

  Path kubeconfig() {
    return options.directory().resolve("kubeconfig");
  }

  /// Stops the pods, then the API server.
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(options.directory().resolve("ready"));
    pods.close();
    client.close();
    server.close();
    Files.deleteIfExists(kubeconfig());
    lock.close();
  }
}
