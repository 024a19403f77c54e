package dev.warren.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.model.Flow;
import dev.warren.model.WorkerConfiguration;
import dev.warren.worker.testing.WorkerConfigurations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationWatchTest {
  private static final WorkerConfiguration FIRST = WorkerConfigurations.with(Flow.of(10));
  private static final WorkerConfiguration SECOND = WorkerConfigurations.with(Flow.of(20));

  @TempDir private Path volume;
  private final List<WorkerConfiguration> taken = new ArrayList<>();
  private ConfigurationWatch watch;

  @BeforeEach
  void mount() throws IOException {
    publish("1", FIRST);
    Files.createSymbolicLink(
        volume.resolve("worker.properties"), Path.of("..data", "worker.properties"));
    watch =
        new ConfigurationWatch(
            new ConfigurationFile(volume.resolve("worker.properties")), FIRST, taken::add);
  }

  @Test
  void takesWhatAKubeletPutsInItsPlace() throws IOException {
    watch.look();
    publish("2", SECOND);

    watch.look();
    watch.look();

    assertThat(taken).containsExactly(SECOND);
  }

  @Test
  void keepsWhatItHasWhileTheFileIsBroken() throws IOException {
    Files.writeString(publish("2", SECOND).resolve("worker.properties"), "concurrency=many");
    watch.look();
    assertThat(taken).isEmpty();

    publish("3", SECOND);
    watch.look();

    assertThat(taken).containsExactly(SECOND);
  }

  @Test
  void leavesToTheNextPodWhatNeedsOne() throws IOException {
    publish("2", WorkerConfigurations.with(20, Duration.ofSeconds(31), Duration.ofSeconds(30)));

    watch.look();

    assertThat(taken).isEmpty();
  }

  /// As a kubelet does: a new directory, and a symbolic link that is replaced in one step.
  private Path publish(String version, WorkerConfiguration configuration) throws IOException {
    var directory = Files.createDirectory(volume.resolve("..v" + version));
    var properties = new Properties();
    properties.putAll(configuration.toSettings());
    try (var writer = Files.newBufferedWriter(directory.resolve("worker.properties"))) {
      properties.store(writer, null);
    }
    var link = Files.createSymbolicLink(volume.resolve("..data_tmp"), directory.getFileName());
    Files.move(link, volume.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    return directory;
  }
}
