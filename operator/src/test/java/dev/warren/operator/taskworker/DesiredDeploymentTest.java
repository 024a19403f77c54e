package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.bareWorker;
import static dev.warren.operator.testing.Resources.broker;
import static dev.warren.operator.testing.Resources.queue;
import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskWorker;
import dev.warren.operator.resource.Credentials;
import dev.warren.operator.taskqueue.Settings;
import dev.warren.operator.testing.Golden;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DesiredDeploymentTest {
  private static final Golden GOLDEN = Golden.folder("deployment");
  private static final String CONFIGURATION_HASH = "warren.dev/configuration-hash";
  private static final String TEMPLATE_HASH = "warren.dev/template-hash";

  @ParameterizedTest
  @MethodSource("cases")
  void followsFromTheSpec(String name) {
    GOLDEN.check(name, deployment(bareWorker(GOLDEN.input(name)), "{}"));
  }

  static List<String> cases() {
    return GOLDEN.cases();
  }

  @Test
  void givesPodsTimeToFinishTheLongestTask() {
    assertThat(
            deployment(worker(""), "maxTaskDuration: 1h")
                .getSpec()
                .getTemplate()
                .getSpec()
                .getTerminationGracePeriodSeconds())
        .isEqualTo(3_630);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "handler: {java: {}}",
        "handler: {http: {url: 'http://localhost:8080'}}",
        "handler: {java: {className: com.example.Resize}}\nbatch: {size: 5}",
        "handler: {java: {className: com.example.Resize}}\nidempotency: {store: Redis, secretRef: {name: s}}",
        "handler: {java: {className: com.example.Resize}}\nrateLimit: {tasks: 1, redis: {secretRef: {name: s}}}",
      })
  void replacesPodsWhenWhatTheyTakeAtTheirStartChanges(String spec) {
    assertThat(configurationHash(deployment(bareWorker(spec), "{}")))
        .isNotEqualTo(configurationHash(deployment(worker(""), "{}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "concurrency: 11 | {}",
        "prefetch: 100 | {}",
        "adaptive: {targetDuration: 1s} | {}",
        "rateLimit: {tasks: 120} | {}",
        "circuitBreaker: {} | {}",
        "errors: [{message: x, outcome: Fail}] | {}",
        "logLevel: Debug | {}",
        "{} | retry: {maxAttempts: 2, maxAge: 1h}",
      })
  void keepsPodsWhenWhatTheyTakeWhileTheyRunChanges(String spec, String queueSpec) {
    assertThat(deployment(worker(spec.equals("{}") ? "" : spec), queueSpec).getSpec())
        .isEqualTo(deployment(worker(""), "{}").getSpec());
  }

  @Test
  void replacesPodsWhenTheirCredentialsAreRotated() {
    var rotated = deployment(worker(""), "{}", credentials("monday"));

    assertThat(rotated.getSpec().getTemplate().getMetadata().getAnnotations())
        .containsEntry("warren.dev/rotation", "monday");
    assertThat(deployment(worker(""), "{}").getSpec().getTemplate().getMetadata().getAnnotations())
        .doesNotContainKey("warren.dev/rotation");
  }

  @Test
  void tellsACustomImageAllQueuesThatItShouldConsume() {
    var environment =
        deployment(bareWorker("handler: {custom: {}}"), "shards: 2")
            .getSpec()
            .getTemplate()
            .getSpec()
            .getContainers()
            .getFirst()
            .getEnv();

    assertThat(environment)
        .anySatisfy(
            variable -> {
              assertThat(variable.getName()).isEqualTo("WARREN_QUEUE");
              assertThat(variable.getValue()).isEqualTo("image-resize.0,image-resize.1");
            });
  }

  @Test
  void keepsPodsWhenTheSizeOfTheFleetChanges() {
    assertThat(deployment(worker("replicas: 5"), "{}").getSpec().getTemplate())
        .isEqualTo(deployment(worker(""), "{}").getSpec().getTemplate());
  }

  @Test
  void showsThatAFieldWasTakenBack() {
    var with = worker("podTemplate: {spec: {nodeName: n1}}");

    assertThat(deployment(with, "{}").getMetadata().getAnnotations().get(TEMPLATE_HASH))
        .isNotEqualTo(
            deployment(worker(""), "{}").getMetadata().getAnnotations().get(TEMPLATE_HASH));
  }

  private static String configurationHash(Deployment deployment) {
    return Objects.requireNonNull(
        deployment.getSpec().getTemplate().getMetadata().getAnnotations().get(CONFIGURATION_HASH));
  }

  private static Deployment deployment(TaskWorker worker, String queueSpec) {
    return deployment(worker, queueSpec, credentials(""));
  }

  private static Deployment deployment(
      TaskWorker worker, String queueSpec, Credentials credentials) {
    var settings =
        WorkerSettingsResolver.resolve(
            worker, queue(queueSpec), broker(""), Settings.topology(queueSpec));
    return DesiredDeployment.of(worker, settings, credentials, 2);
  }

  private static Credentials credentials(String rotation) {
    return new Credentials("user", "password", rotation, Optional.empty());
  }
}
