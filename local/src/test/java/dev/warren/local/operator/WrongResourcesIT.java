package dev.warren.local.operator;

import static dev.warren.local.operator.TestCluster.reason;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FieldValidateable;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Hundreds of wrong resources beside one that is right. Each is answered, by the API server or by
/// a condition: which field, what is there, and what to do; and nobody else notices.
class WrongResourcesIT {
  /// In no answer, whoever reads it.
  private static final List<String> WORDS_OF_PROGRAMMERS =
      List.of(
          "Exception",
          "io.fabric8",
          "java.lang",
          "java.util",
          "com.fasterxml",
          "InternalError",
          "\tat ");

  private static TestCluster cluster;

  @BeforeAll
  static void start() throws IOException {
    cluster = new TestCluster();
    cluster.applyQueue("healthy", "type: Classic");
    cluster.awaitQueue("healthy", reason("Reconciled"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @Test
  void eachIsAnsweredAndTheHealthyOneWorksOn() throws Exception {
    var wrong = WrongResource.all();

    var answers = answersTo(wrong);

    assertThat(wrong).hasSizeGreaterThan(300);
    assertThat(wrong.stream().filter(each -> !isGood(each, answer(each, answers))))
        .as("resources whose answer is poor: %s", answers)
        .isEmpty();
    assertThat(cluster.operator().log()).doesNotContain("stack_trace", "\"level\":\"ERROR\"");
    assertHealthyOneDelivers();
  }

  /// Whether an answer names the field and what is there, or the type that it should be of.
  private static boolean isGood(WrongResource resource, String answer) {
    return answer.contains(resource.field())
        && Stream.of(resource.value(), "of type", "nknown field", "not declared")
            .anyMatch(answer::contains)
        && WORDS_OF_PROGRAMMERS.stream().noneMatch(answer::contains);
  }

  private static String answer(WrongResource resource, Map<String, String> answers) {
    return Objects.requireNonNull(answers.get(resource.name()));
  }

  /// By name.
  private static Map<String, String> answersTo(List<WrongResource> wrong) {
    var answers = new TreeMap<String, String>();
    wrong.forEach(resource -> create(resource, answers));
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              wrong.stream()
                  .filter(resource -> !answers.containsKey(resource.name()))
                  .forEach(resource -> putCondition(resource, answers));
              assertThat(wrong.stream().filter(resource -> !answers.containsKey(resource.name())))
                  .as("resources that nobody answers")
                  .isEmpty();
            });
    return answers;
  }

  /// As `kubectl apply` does it: what the schema does not know is refused.
  private static void create(WrongResource resource, Map<String, String> refusals) {
    var yaml = resource.yaml(cluster.namespace());
    try {
      cluster
          .client()
          .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class))
          .fieldValidation(FieldValidateable.Validation.STRICT)
          .create();
    } catch (KubernetesClientException e) {
      refusals.put(resource.name(), String.valueOf(e.getStatus().getMessage()));
    }
  }

  private static void putCondition(WrongResource resource, Map<String, String> answers) {
    conditions(resource).stream()
        .filter(found -> found.getType().equals("Ready") && found.getStatus().equals("False"))
        .forEach(found -> answers.put(resource.name(), found.getMessage()));
  }

  private static List<Condition> conditions(WrongResource resource) {
    var client = cluster.client();
    var all = client.genericKubernetesResources("warren.dev/v1alpha1", resource.kind());
    var namespace = cluster.namespace();
    var found =
        resource.kind().equals("TaskBroker")
            ? all.withName(namespace + "-" + resource.name()).get()
            : all.inNamespace(namespace).withName(resource.name()).get();
    List<?> conditions = found.get("status", "conditions");
    return conditions == null
        ? List.of()
        : conditions.stream()
            .map(each -> client.getKubernetesSerialization().convertValue(each, Condition.class))
            .toList();
  }

  private static void assertHealthyOneDelivers() throws Exception {
    try (var producer = BoundClient.connect(cluster.tenant().publisher("healthy"));
        var consumer = BoundClient.connect(cluster.broker(), cluster.broker().vhost())) {
      assertThat(producer.publish("tasks", "healthy")).isEqualTo(BoundClient.ACCEPTED);
      consumer.answerTo(
          channel -> assertThat(channel.basicGet("healthy", true)).as("the message").isNotNull());
    }
    assertThat(cluster.awaitQueue("healthy", reason("Reconciled")).getStatus()).isEqualTo("True");
  }
}
