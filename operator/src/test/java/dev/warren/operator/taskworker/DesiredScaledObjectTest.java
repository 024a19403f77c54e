package dev.warren.operator.taskworker;

import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.testing.Golden;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DesiredScaledObjectTest {
  private static final Golden GOLDEN = Golden.folder("keda");
  private static final Endpoint ENDPOINT =
      new Endpoint("https://metrics.warren.svc/sizes/resizer", "authority in PEM", "token");

  @ParameterizedTest
  @MethodSource("cases")
  void followsFromTheSpec(String name) {
    GOLDEN.check(name, objects(GOLDEN.input(name), ENDPOINT));
  }

  static List<String> cases() {
    return GOLDEN.cases();
  }

  @Test
  void showsThatItsSecretIsAnother() {
    var rotated = new Endpoint(ENDPOINT.url(), "another authority", ENDPOINT.token());

    assertThat(scaledObject(rotated)).isNotEqualTo(scaledObject(ENDPOINT));
  }

  private static GenericKubernetesResource scaledObject(Endpoint endpoint) {
    return (GenericKubernetesResource) objects("autoscaling: {}", endpoint).getLast();
  }

  private static List<HasMetadata> objects(String spec, Endpoint endpoint) {
    var worker = worker(spec);
    return DesiredScaledObject.of(
        worker, Objects.requireNonNull(worker.getSpec().autoscaling()), endpoint);
  }
}
