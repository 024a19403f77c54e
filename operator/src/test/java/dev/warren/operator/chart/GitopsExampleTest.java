package dev.warren.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.testing.ArgoHealth;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the example of Argo CD must agree with.
class GitopsExampleTest {
  @ParameterizedTest
  @ValueSource(strings = {"TaskBroker", "TaskQueue", "TaskWorker"})
  void givesArgoTheScriptThatIsTested(String kind) throws IOException {
    var settings = Serialization.unmarshal(read("argocd-cm.yaml"), ConfigMap.class).getData();

    assertThat(settings)
        .containsEntry("resource.customizations.health.warren.dev_" + kind, read("health.lua"));
  }

  private static String read(String file) throws IOException {
    return Files.readString(ArgoHealth.EXAMPLE.resolve(file));
  }
}
