package dev.warren.operator.metricsapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.operator.testing.Golden;
import io.fabric8.kubernetes.api.model.APIService;
import io.fabric8.kubernetes.api.model.APIServiceBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DesiredApiServiceTest {
  private static final Golden GOLDEN = Golden.folder("api-service");
  private static final MetricsApiSettings SETTINGS =
      new MetricsApiSettings(
          "0.0.0.0",
          8443,
          "warren",
          "warren-metrics",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Set.of());

  @ParameterizedTest
  @MethodSource("cases")
  void leadsToTheService(String name) {
    var owner = String.valueOf(Serialization.unmarshal(GOLDEN.input(name), Map.class).get("owner"));

    GOLDEN.check(name, DesiredApiService.of(SETTINGS, "authority in PEM", owner(owner)));
  }

  static List<String> cases() {
    return GOLDEN.cases();
  }

  @Test
  void isNotInTheWayOfItself() {
    assertThat(DesiredApiService.obstacle(SETTINGS, Optional.empty())).isEmpty();
    assertThat(DesiredApiService.obstacle(SETTINGS, Optional.of(ours()))).isEmpty();
  }

  @Test
  void leavesThatOfSomebodyElseAlone() {
    var foreign =
        new APIServiceBuilder(ours())
            .editMetadata()
            .withLabels(Map.of("app.kubernetes.io/managed-by", "Helm"))
            .endMetadata()
            .editSpec()
            .withNewService("keda-operator-metrics-apiserver", "keda", 443)
            .endSpec()
            .build();

    assertThat(DesiredApiService.obstacle(SETTINGS, Optional.of(foreign)))
        .isEqualTo(
            "APIService 'v1beta1.external.metrics.k8s.io' belongs to Service"
                + " 'keda/keda-operator-metrics-apiserver', and a cluster has one;"
                + " set spec.autoscaling.engine to Direct or Keda");
  }

  @Test
  void leavesThatOfAnotherWarrenAlone() {
    var other =
        new APIServiceBuilder(ours())
            .editSpec()
            .withNewService("warren-metrics", "other", 443)
            .endSpec()
            .build();

    assertThat(DesiredApiService.obstacle(SETTINGS, Optional.of(other)))
        .contains("'other/warren-metrics'");
  }

  @Test
  void leavesWhatSomebodyHasTakenOverAlone() {
    var taken = new APIServiceBuilder(ours()).editMetadata().withLabels(Map.of()).endMetadata();

    assertThat(DesiredApiService.obstacle(SETTINGS, Optional.of(taken.build()))).isNotEmpty();
  }

  @Test
  void tellsWhomTheApiServerTrusts() {
    assertThat(DesiredApiService.published(Optional.of(ours()))).isEqualTo("authority in PEM");
    assertThat(DesiredApiService.published(Optional.empty())).isEmpty();
  }

  private static APIService ours() {
    return DesiredApiService.of(SETTINGS, "authority in PEM", Optional.empty());
  }

  private static Optional<OwnerReference> owner(String name) {
    return name.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new OwnerReferenceBuilder()
                .withApiVersion("rbac.authorization.k8s.io/v1")
                .withKind("ClusterRole")
                .withName(name)
                .withUid("uid-of-" + name)
                .build());
  }
}
