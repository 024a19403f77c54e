package dev.warren.operator.taskworker;

import static dev.warren.operator.taskworker.WorkerObservations.usual;
import static dev.warren.operator.testing.ConditionsAssert.assertThatConditions;
import static dev.warren.operator.testing.Resources.worker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.warren.crds.TaskWorker;
import dev.warren.operator.resource.SecretEntries;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StoreSecretTest {
  private static final String STORE = "idempotency: {store: Redis, secretRef: {name: ledger}}";
  private static final TaskWorker WORKER = worker(STORE);

  @Test
  void aSecretThatDoesNotExistIsNamedAndLookedForAgain() {
    var plan = usual().plan(WORKER);

    assertThatConditions(plan.status().conditions())
        .areNotReady("SecretNotFound")
        .withMessage(
            "Secret 'ledger', named by spec.idempotency.secretRef, does not exist in namespace 'media'; create it with the key 'uri', or correct the name");
    assertThat(plan.objects()).isEmpty();
    assertThat(plan.again()).contains(Duration.ofSeconds(15));
  }

  @Test
  void aSecretWithoutAnAddressIsNamed() {
    var plan = usual().withStore("ledger", "password").plan(WORKER);

    assertThatConditions(plan.status().conditions())
        .areNotReady("SecretIncomplete")
        .withMessage(
            "Secret 'ledger', named by spec.idempotency.secretRef, has no key 'uri'; add it with the address of the store");
    assertThat(plan.again()).contains(Duration.ofSeconds(15));
  }

  @Test
  void aSecretWithAnAddressIsMounted() {
    assertThat(usual().withStore("ledger", "uri").plan(WORKER).objects()).hasSize(4);
  }

  @Test
  void aFleetWithoutPodsNeedsNone() {
    assertThat(usual().plan(worker("paused: true\n" + STORE)).objects()).hasSize(4);
  }

  @Test
  void anEmptyEntryIsNone() {
    var secret =
        new SecretBuilder()
            .withData(SecretEntries.encode(Map.of("uri", " \n", "username", "u")))
            .build();

    assertThat(StoreSecret.entries(secret)).containsExactly("username");
  }
}
