package dev.warren.operator.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.warren.model.DurationText;
import dev.warren.operator.testing.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the chart makes of values: `in-*.yaml` holds them as a user writes them, `out-*.yaml` the
/// objects.
class ChartTest {
  private static final Golden GOLDEN = Golden.folder("chart");
  private static final JsonNode VALUES = Chart.yaml(Chart.DIRECTORY.resolve("values.yaml"));
  private static final JsonNode SCHEMA = Chart.yaml(Chart.DIRECTORY.resolve("values.schema.json"));

  @ParameterizedTest
  @MethodSource("cases")
  void makesTheseObjects(String name) {
    var objects = Chart.objects(GOLDEN.inputFile(name));
    // A test of its own holds what they hold.
    objects.forEach(ChartTest::emptyConfigMap);

    GOLDEN.check(name, objects);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void writesNoFieldThatKubernetesDoesNotKnow(String name) {
    assertThat(Chart.objects(GOLDEN.inputFile(name))).allSatisfy(KnownFields::check);
  }

  @ParameterizedTest
  @CsvSource({"apps/v1, Deployment, replica", "warren.dev/v1alpha1, TaskBroker, ceiling"})
  void findsAFieldThatIsNotKnown(String version, String kind, String field) {
    var object = JsonNodeFactory.instance.objectNode().put("apiVersion", version).put("kind", kind);
    object.putObject("spec").put(field, 3);

    assertThatThrownBy(() -> KnownFields.check(object)).hasMessageContaining(field);
  }

  static List<String> cases() {
    return GOLDEN.cases();
  }

  @Test
  void bringsTheDashboardsAsTheyAre() {
    var rendered =
        Chart.objects(GOLDEN.inputFile("monitored")).stream()
            .filter(object -> object.path("kind").asText().equals("ConfigMap"))
            .flatMap(object -> object.path("data").properties().stream());

    assertThat(rendered)
        .extracting(Map.Entry::getKey, entry -> entry.getValue().asText())
        .containsExactlyElementsOf(
            Dashboard.all().map(it -> tuple("warren-" + it.file(), it.text())).toList());
  }

  @Test
  void usesEveryValueInSomeCase() {
    var used = cases().stream().map(name -> Chart.yaml(GOLDEN.inputFile(name))).toList();

    assertThat(Chart.leaves(VALUES))
        .allSatisfy(
            path ->
                assertThat(used)
                    .as("cases that set %s", path)
                    .anyMatch(values -> !values.at("/" + path.replace('.', '/')).isMissingNode()));
  }

  @Test
  void passesLint() {
    var result = Chart.helm().lint().strict().call();

    assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          repliacs,            3,        repliacs
          metricsApi.enable,   true,     enable
          broker.url,          amqp://b, url
          broker.ceilings.pods, 3,       pods
          engine,              hpa,      engine
          logLevel,            TRACE,    logLevel
          broker.queueType,    quorum,   queueType
          imagePullPolicy,     Sometimes, imagePullPolicy
          pollInterval,        2,        pollInterval
          pollInterval,        2 s,      pollInterval
          watchNamespaces[0],  Media,    watchNamespaces
          replicas,            two,      replicas
          replicas,            0,        replicas
          broker.managementUri, broker:15672, managementUri
          """)
  void refusesWhatIsWrongAndNamesTheField(String path, String value, String named) {
    var template = Chart.template().set("image", "operator").set(path, value);

    assertThatThrownBy(template::call).hasMessageContaining(named);
  }

  @Test
  void refusesToInstallWithoutAnImage() {
    var template = Chart.template().set("broker.create", false);

    assertThatThrownBy(template::call).hasMessageContaining("image is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vhostPolicy", "ceilings", "tls"})
  void knowsTheFieldsOfATaskBroker(String field) {
    var crd =
        Chart.yaml(Path.of("..", "crds", "taskbrokers.warren.dev.yaml"))
            .at("/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties");
    var known = SCHEMA.at("/properties/broker/properties").path(field).path("properties");

    assertThat(names(known)).isEqualTo(names(crd.path(field).path("properties")));
  }

  @Test
  void takesDurationsAsTheOperatorDoes() {
    assertThat(SCHEMA.at("/definitions/duration/pattern").asText()).isEqualTo(DurationText.PATTERN);
  }

  private static void emptyConfigMap(JsonNode object) {
    if (object.path("data") instanceof ObjectNode data) {
      data.properties().forEach(entry -> entry.setValue(TextNode.valueOf("…")));
    }
  }

  private static List<String> names(JsonNode properties) {
    return properties.properties().stream().map(entry -> entry.getKey()).sorted().toList();
  }
}
