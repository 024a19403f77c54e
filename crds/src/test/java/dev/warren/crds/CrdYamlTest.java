package dev.warren.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Holds the checked-in YAML against the Java types; `-Dwarren.update=true` writes it anew.
class CrdYamlTest {
  @ParameterizedTest
  @ValueSource(classes = {TaskBroker.class, TaskQueue.class, TaskWorker.class})
  void checkedInYamlIsWhatTheTypesSay(Class<? extends HasMetadata> kind) throws IOException {
    var file = Path.of(CustomResource.getCRDName(kind) + ".yaml");

    var yaml = CrdYaml.of(kind);

    if (Boolean.getBoolean("warren.update")) {
      Files.writeString(file, yaml);
    }
    assertThat(file)
        .as("is stale: run `mvn -pl crds test -Dwarren.update=true` and commit what it writes")
        .hasContent(yaml);
  }
}
