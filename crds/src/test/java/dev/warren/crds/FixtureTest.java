package dev.warren.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the schema and the CEL rules of the CRDs against resources that fit and that do not.
class FixtureTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static Stream<Fixture> fixtures() {
    return Fixture.all();
  }

  @ParameterizedTest
  @MethodSource("fixtures")
  void isTakenOrRefusedForItsOneFault(Fixture fixture) {
    var schema = schema(fixture.resource().path("kind").asText());

    var refusals = SchemaCheck.refusals(schema, fixture.resource(), fixture.before().orElse(null));

    if (fixture.isValid()) {
      assertThat(refusals).isEmpty();
    } else {
      var expected = fixture.refusal().orElseThrow();
      assertThat(refusals)
          .isNotEmpty()
          .allSatisfy(refusal -> assertThat(refusal.field()).isEqualTo(expected.field()));
      assertThat(refusals)
          .extracting(Refusal::message)
          .anySatisfy(message -> assertThat(message).contains(expected.message()));
    }
  }

  @Test
  void everyRuleRefusesSomeFixture() {
    var refused =
        Fixture.all().flatMap(fixture -> fixture.refusal().stream()).map(Refusal::message).toList();

    for (var kind : new String[] {"TaskBroker", "TaskQueue", "TaskWorker"}) {
      assertThat(schema(kind).findValues("x-kubernetes-validations"))
          .flatExtracting(rules -> rules.findValuesAsText("message"))
          .isNotEmpty()
          .isSubsetOf(refused);
    }
  }

  @ParameterizedTest
  @MethodSource("examples")
  void takesTheResourcesOfExamples(Path file) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      for (var resource : documents.readAll()) {
        if (resource.path("apiVersion").asText().startsWith("warren.dev/")) {
          var schema = schema(resource.path("kind").asText());
          assertThat(SchemaCheck.refusals(schema, resource, null)).isEmpty();
        }
      }
    }
  }

  static List<Path> examples() throws IOException {
    try (var files = Files.walk(Path.of("..", "examples"))) {
      return files
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.toString().contains("target"))
          .toList();
    }
  }

  private static JsonNode schema(String kind) {
    return Crd.read(Path.of(kind.toLowerCase(Locale.ROOT) + "s.warren.dev.yaml")).schema();
  }
}
