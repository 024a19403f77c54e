package dev.warren.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionCondition;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds a real API server against the same resources as {@link FixtureTest}: it alone checks that
/// a rule is within its budget and fits the schema's types. The embedded one evaluates no CEL.
@EnabledIfEnvironmentVariable(named = "WARREN_TEST_KUBECONFIG", matches = ".+")
@Tag("any-broker")
class FixtureIT {
  private static KubernetesClient client;

  @BeforeAll
  static void installCrds() throws IOException {
    var kubeconfig = Files.readString(Path.of(System.getenv("WARREN_TEST_KUBECONFIG")));
    client = new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig)).build();
    for (var plural : new String[] {"taskbrokers", "taskqueues", "taskworkers"}) {
      var crd = Files.readString(Path.of(plural + ".warren.dev.yaml"));
      client.resource(crd).forceConflicts().fieldManager("test").serverSideApply();
      client
          .apiextensions()
          .v1()
          .customResourceDefinitions()
          .withName(plural + ".warren.dev")
          .waitUntilCondition(FixtureIT::isEstablished, 30, TimeUnit.SECONDS);
    }
  }

  @AfterAll
  static void close() {
    client.close();
  }

  static Stream<Fixture> fixtures() {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void isTakenOrRefusedForItsOneFault(Fixture fixture) {
    fixture.before().ifPresent(before -> client.resource(typeless(before)).create());
    try {
      if (fixture.isValid()) {
        assertThatCode(() -> send(fixture)).doesNotThrowAnyException();
      } else {
        var expected = fixture.refusal().orElseThrow();
        assertThatThrownBy(() -> send(fixture))
            .isInstanceOf(KubernetesClientException.class)
            .hasMessageContaining(expected.field())
            .hasMessageContaining(expected.message());
      }
    } finally {
      fixture.before().ifPresent(before -> client.resource(typeless(before)).delete());
    }
  }

  private static void send(Fixture fixture) {
    var resource = client.resource(typeless(fixture.resource())).dryRun();
    assertThat(fixture.before().isPresent() ? resource.update() : resource.create()).isNotNull();
  }

  /// Not as one of our types, which would lose what they cannot hold.
  private static HasMetadata typeless(JsonNode document) {
    return Serialization.unmarshal(document.toString(), GenericKubernetesResource.class);
  }

  private static boolean isEstablished(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        // Absent in the first moment.
        && Objects.requireNonNullElse(
                crd.getStatus().getConditions(), List.<CustomResourceDefinitionCondition>of())
            .stream()
            .anyMatch(
                condition ->
                    "Established".equals(condition.getType())
                        && "True".equals(condition.getStatus()));
  }
}
